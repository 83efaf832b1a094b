namespace MyriadSync.Myriad;

/// <summary>The names that the record tables share.</summary>
public static class StoreColumns
{
    /// <summary>The family of the record's fields.</summary>
    public const string DataFamily = "d";

    /// <summary>The family of what synchronisation notes about the record.</summary>
    public const string MetaFamily = "m";

    /// <summary>Versions that the families of a table keep, and that are looked at where older ones matter.</summary>
    public const int Versions = 5;

    /// <summary>The cell that is written without a timestamp to learn the cluster's clock; nobody reads its value.</summary>
    public const string Probe = "m:probe";

    /// <summary>A row that belongs to no record, for probes of the clock. No dataset's name can begin like it, so no scan of records meets it.</summary>
    public const string ClockRow = "~clock";
}
