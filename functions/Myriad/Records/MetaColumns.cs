namespace MyriadSync.Myriad.Records;

/// <summary>Columns of family <c>m</c> (DESIGN 7; docs/API.md). All are UTF-8 text.</summary>
internal static class MetaColumns
{
    /// <summary>Decimal.</summary>
    public const string Rev = "m:rev";

    /// <summary>Hybrid time.</summary>
    public const string At = "m:at";

    /// <summary>Client id, or <c>myriad</c>.</summary>
    public const string By = "m:by";

    /// <summary>JSON <c>{"v":1,"t":[timestamp,at,rev],"f":{path:[timestamp,at,rev,other rev]},"e":{path:{element:[rev,author,…]}}}</c>; <c>v</c> is the format of all of <c>m</c>, <c>s</c> the app's schema version of the row (none: 1).</summary>
    public const string Clock = "m:clock";

    /// <summary><see cref="RowHash"/>.</summary>
    public const string Hash = "m:hash";

    /// <summary><c>0</c> or <c>1</c>, always written.</summary>
    public const string Deleted = "m:deleted";

    /// <summary>The remap that laid the row out anew, and the columns of the old layout that are still to go, separated by spaces.</summary>
    public const string Remap = "m:remap";

    /// <summary>Decimal: newest foreign timestamp (ms) that was judged.</summary>
    public const string Seen = "m:seen";
}
