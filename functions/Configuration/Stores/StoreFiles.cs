using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.Configuration.Stores;

/// <summary>The files of <c>Stores:Folder</c>, read once.</summary>
internal sealed class StoreFiles
{
    private StoreFiles(IReadOnlyList<StoreDefinition> stores, IReadOnlyList<StoreFault> faults) => (Stores, Faults) = (stores, faults);

    /// <summary>The stores; of no use while there are faults.</summary>
    public IReadOnlyList<StoreDefinition> Stores { get; }

    /// <summary>What is wrong, in all files.</summary>
    public IReadOnlyList<StoreFault> Faults { get; }

    /// <summary>Reads every <c>*.json</c> of the folder that is no <c>*.schema.json</c>.</summary>
    public static StoreFiles Load(StoreOptions options)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, options.Folder);
        if (!Directory.Exists(folder))
        {
            return new StoreFiles([], [new StoreFault(folder, "", "There is no such folder. Stores:Folder names the one with the stores' files; it may be empty.")]);
        }

        var read = Directory.EnumerateFiles(folder, "*.json")
            .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => StoreFileReader.Read(Path.GetFileName(file), File.ReadAllBytes(file)))
            .ToList();
        return new StoreFiles([.. read.Where(file => file.Store is not null).Select(file => file.Store!)], [.. read.SelectMany(file => file.Faults)]);
    }
}
