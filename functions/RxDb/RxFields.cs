namespace MyriadSync.RxDb;

/// <summary>Names of RxDB's wire.</summary>
internal static class RxFields
{
    /// <summary>Where a document's key stands unless a store or a request names another field.</summary>
    public const string DefaultPrimaryPath = "id";

    /// <summary>The field that marks a deleted document.</summary>
    public const string Deleted = "_deleted";

    /// <summary>Files that belong to a document.</summary>
    public const string Attachments = "_attachments";
}
