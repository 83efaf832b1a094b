namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>HBase's default limits.</summary>
internal static class HBaseLimits
{
    public const int RowKeyBytes = 32_767;

    /// <summary><c>hbase.client.keyvalue.maxsize</c>.</summary>
    public const int CellBytes = 10 * 1024 * 1024;
}
