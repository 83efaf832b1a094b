namespace MyriadSync.IntegrationTests.Support;

/// <summary>Folders of store files for a stack's setting <see cref="Setting"/>.</summary>
internal static class StoreFolder
{
    /// <summary>The setting.</summary>
    public const string Setting = "Stores:Folder";

    /// <summary>The files that come with the app, beside its assemblies.</summary>
    public const string Shipped = "stores";

    /// <summary>Writes files into the folder of a test: the JSON of each store, which says its name.</summary>
    /// <returns>The folder.</returns>
    public static string Write(TemporaryFolder folder, params (string Store, string Json)[] files)
    {
        foreach (var (store, json) in files)
        {
            File.WriteAllText(Path.Combine(folder.Path, store + ".json"), json);
        }

        return folder.Path;
    }
}
