using MyriadSync.Configuration.Stores;
using MyriadSync.Myriad;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.Cli.Types;

/// <summary>Writes the TypeScript types of the app's stores.</summary>
internal static class TypesCommand
{
    public const string Help = """
        dotnet run --project local/Cli -- types <file.ts> [--stores <folder>]
            Writes the TypeScript types of the stores: records, keys and kinds, for the client's SyncSchema.
            --stores <folder>  the folder of the store files; default functions/stores

        """;

    /// <summary>Runs the command; 0: the file is written.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> args) => args switch
    {
        [var file, "--stores", var folder] => WriteAsync(file, folder),
        [var file] when !file.StartsWith('-') => WriteAsync(file, "functions/stores"),
        _ => UsageAsync(),
    };

    private static async Task<int> WriteAsync(string file, string folder)
    {
        var files = StoreFiles.Load(new StoreOptions { Folder = Path.GetFullPath(folder) }, new TableMapOptions());
        foreach (var fault in files.Faults)
        {
            await Console.Error.WriteLineAsync(fault.ToString());
        }

        if (files.Faults.Count > 0)
        {
            return 1;
        }

        await File.WriteAllTextAsync(file, TypeScript.Of(files.Stores));
        Console.WriteLine($"{file}: {files.Stores.Count} stores.");
        return 0;
    }

    private static async Task<int> UsageAsync()
    {
        await Console.Error.WriteLineAsync(Help);
        return 2;
    }
}
