using MyriadSync.Contracts.Stores;

namespace MyriadSync.RxDb;

/// <summary>A push, its address and author checked.</summary>
internal sealed record RxPush
{
    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The store of all rows.</summary>
    public required StoreDefinition Store { get; init; }

    /// <summary>The app's schema version that the documents are in.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Where documents have their key.</summary>
    public required string PrimaryPath { get; init; }

    /// <summary>Who pushes.</summary>
    public required string Sub { get; init; }

    /// <summary>What the client calls its replication; empty: it does not say.</summary>
    public string Replication { get; init; } = "";

    /// <summary>The rows, one a document.</summary>
    public required IReadOnlyList<RxRow> Rows { get; init; }
}
