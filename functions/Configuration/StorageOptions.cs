namespace MyriadSync.Configuration;

/// <summary>
/// Section <c>Storage</c>: where log, queues and claim checks are. Either a connection string, or the account's name for the app's managed identity.
/// </summary>
public sealed class StorageOptions
{
    /// <summary>Connection string; default: the host's own, <c>AzureWebJobsStorage</c>. Used by Azurite and nothing else.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Name of the storage account, reached with the managed identity.</summary>
    public string? AccountName { get; set; }
}
