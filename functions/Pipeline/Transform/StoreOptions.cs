using System.ComponentModel.DataAnnotations;

namespace MyriadSync.Pipeline.Transform;

/// <summary>Section <c>Stores</c>: which object stores are taken.</summary>
public sealed class StoreOptions
{
    /// <summary>True: a store that nothing declares is taken as it comes, fields as JSON cells, last-write-wins. Default false; true on the local stack.</summary>
    public bool AllowUndeclared { get; set; }

    /// <summary>The schema version of the app's data: one number for all stores. Default 1.</summary>
    [Range(1, 1_000_000)]
    public int SchemaVersion { get; set; } = 1;

    /// <summary>The oldest schema version that is still taken and given, at most <see cref="SchemaVersion"/>. Default 1: as old as the migrations can lower to.</summary>
    [Range(1, 1_000_000)]
    public int OldestSchemaVersion { get; set; } = 1;

    /// <summary>Folder with the stores' files, <c>{store}.json</c> each; relative to the app's own folder. Default <c>stores</c>.</summary>
    public string Folder { get; set; } = "stores";
}
