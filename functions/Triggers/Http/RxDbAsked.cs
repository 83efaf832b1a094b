using MyriadSync.Contracts.Stores;
using MyriadSync.RxDb;

namespace MyriadSync.Triggers.Http;

/// <summary>What a request of RxDB's replication is about, or why it cannot be served.</summary>
internal sealed record RxDbAsked
{
    /// <summary>The version that the documents are in.</summary>
    public int SchemaVersion { get; init; }

    /// <summary>The store.</summary>
    public StoreDefinition Store { get; init; } = StoreDefinition.Undeclared("");

    /// <summary>Where documents have their key.</summary>
    public PrimaryKey Key { get; init; } = new(RxFields.DefaultPrimaryPath, InValue: true);

    /// <summary>Why the request cannot be served.</summary>
    public Problem? Problem { get; init; }
}
