namespace MyriadSync.Orchestration.Scans;

/// <summary>Keeps scans and audits of a table apart, over all instances.</summary>
internal static class ScanLease
{
    /// <summary>The lease's name. No dataset is called so: the tilde is in no name.</summary>
    public static string Of(string table) => "scan~" + table.Replace(':', '~');
}
