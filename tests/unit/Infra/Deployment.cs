using System.Text.Json;

namespace MyriadSync.UnitTests.Infra;

/// <summary>What infra/ deploys, as the committed snapshots say it (infra/check compares them with the templates).</summary>
internal sealed class Deployment
{
    private readonly JsonElement[] _resources;

    private Deployment(JsonElement[] resources) => _resources = resources;

    /// <summary>The environments that have a snapshot.</summary>
    public static TheoryData<string> Environments => ["dev", "prod"];

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Settings of the app, by configuration key. References to the vault are resolved by the platform before the app sees them.</summary>
    public Dictionary<string, string?> Settings =>
        _resources.Single(resource => resource.GetProperty("name").GetString()!.EndsWith("/appsettings", StringComparison.Ordinal))
            .GetProperty("properties").EnumerateObject()
            .ToDictionary(setting => setting.Name.Replace("__", ":", StringComparison.Ordinal), setting => Resolved(setting.Value.GetString()!));

    /// <summary>Reads an environment's snapshot.</summary>
    public static Deployment Read(string environment)
    {
        using var snapshot = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "infra", environment + ".snapshot.json")));
        return new([.. snapshot.RootElement.GetProperty("predictedResources").EnumerateArray().Select(resource => resource.Clone())]);
    }

    /// <summary>Properties of every resource of a type.</summary>
    public IEnumerable<JsonElement> Of(string type) =>
        _resources.Where(resource => resource.GetProperty("type").GetString() == type).Select(resource => resource.GetProperty("properties"));

    /// <summary>Names of every resource of a type, without their parents'.</summary>
    public IEnumerable<string> NamesOf(string type) =>
        _resources.Where(resource => resource.GetProperty("type").GetString() == type).Select(resource => resource.GetProperty("name").GetString()!.Split('/')[^1]);

    /// <summary>What only Azure knows, in a form that the app takes.</summary>
    private static string? Resolved(string value) => value switch
    {
        _ when value.Contains("@Microsoft.KeyVault(", StringComparison.Ordinal) => "secret",
        _ when value.EndsWith(".ConnectionString]", StringComparison.Ordinal) => "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://ingestion.invalid/",
        _ => value,
    };

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "MyriadSyncFunctions.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
