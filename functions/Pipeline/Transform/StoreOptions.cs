namespace MyriadSync.Pipeline.Transform;

/// <summary>Section <c>Stores</c>: which object stores are taken.</summary>
public sealed class StoreOptions
{
    /// <summary>True: a store that nothing declares is taken as it comes, fields as JSON cells, last-write-wins. Default false; true on the local stack.</summary>
    public bool AllowUndeclared { get; set; }

    /// <summary>Folder with the stores' files, <c>{store}.json</c> each; relative to the app's own folder. Default <c>stores</c>.</summary>
    public string Folder { get; set; } = "stores";
}
