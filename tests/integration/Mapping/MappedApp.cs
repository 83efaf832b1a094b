using MyriadSync.Configuration;
using MyriadSync.DevStack;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.IntegrationTests.Mapping;

/// <summary>Stacks whose store <c>cities</c> has a mapping. Several can share one account and one cluster, as deployments one after the other do.</summary>
internal sealed class MappedApp(SharedAzurite azurite) : IAsyncDisposable
{
    private readonly List<LocalStack> _stacks = [];
    private readonly List<TemporaryFolder> _folders = [];

    /// <summary>Fields by typed columns, in two families.</summary>
    public const string Typed = """
        { "fields": {
            "name": { "column": "d:name", "as": "utf8" },
            "population": { "column": "d:pop", "as": "int64", "onBadCell": "poison" },
            "lat": { "column": "geo:lat", "as": "double" },
            "capital": { "column": "d:capital", "as": "boolean", "default": false } },
          "constants": { "d:type": "city" }, "others": "drop" }
        """;

    /// <summary>Starts a stack with a mapping.</summary>
    /// <param name="mapping">The store file's <c>mapping</c>; null: no file.</param>
    /// <param name="beside">The stack whose account and cluster it shares.</param>
    /// <param name="startApp">False: its app is built by the test.</param>
    /// <param name="calls">Gates of the record store.</param>
    /// <param name="transformer">Code that stands before the mapping.</param>
    public async Task<LocalStack> StartAsync(
        string? mapping, LocalStack? beside = null, bool startApp = true, GatedCalls? calls = null, IChangeTransformer? transformer = null)
    {
        var folder = new TemporaryFolder();
        _folders.Add(folder);
        var settings = new Dictionary<string, string>
        {
            [StoreFolder.Setting] = mapping is null ? folder.Path : StoreFolder.Write(folder, ("cities", $$"""{ "store": "cities"{{(transformer is null ? "" : """, "transformer": "code" """)}}, "mapping": {{mapping}} }""")),
            ["Recovery:Schedule"] = "0 0 0 1 1 *",
        };
        if (beside is not null)
        {
            settings["AzureWebJobsStorage"] = beside.Storage;
            settings["Storage:ConnectionString"] = beside.Storage;
        }

        var stack = await azurite.StartStackAsync(new LocalStackOptions
        {
            HBase = beside?.HBaseAddress,
            Settings = settings,
            StartApp = startApp,
            ConfigureServices = services =>
            {
                services.AddGates(new GatedCalls(), calls ?? new GatedCalls());
                if (transformer is not null)
                    services.AddChangeTransformer("code", transformer);
            },
        });
        _stacks.Add(stack);
        return stack;
    }

    public async ValueTask DisposeAsync()
    {
        // Those beside go before the ones whose cluster they use.
        foreach (var stack in Enumerable.Reverse(_stacks))
            await stack.DisposeAsync();
        _folders.ForEach(folder => folder.Dispose());
    }
}
