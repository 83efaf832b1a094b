namespace MyriadSync.Myriad.HBase;

/// <summary>How much goes into one request.</summary>
internal static class HBaseLimits
{
    /// <summary>Rows of one multiget. Their answer comes in about 20 ms.</summary>
    public const int MaxRowsPerMultiget = 200;

    /// <summary>Rows of one bulk put.</summary>
    public const int MaxRowsPerPut = 1000;

    /// <summary>Bytes of JSON of one bulk put; a single row may exceed it.</summary>
    public const int MaxPutBytes = 4 * 1024 * 1024;

    /// <summary>Rows of one scan request.</summary>
    public const int MaxRowsPerScan = 1000;

    /// <summary>Probes of a row until its probe cell is seen: a marker of the same millisecond may hide the first.</summary>
    public const int MaxProbes = 3;
}
