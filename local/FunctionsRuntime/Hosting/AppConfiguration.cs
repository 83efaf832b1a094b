using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace MyriadSync.FunctionsRuntime.Hosting;

/// <summary>Where settings come from: <c>local.settings.json</c>, then the environment, then the command line; later ones win.</summary>
internal static class AppConfiguration
{
    private const string SettingsFile = "local.settings.json";
    private const string HostFile = "host.json";

    /// <summary>The settings that overlay host.json, as in Azure.</summary>
    private const string HostOverrides = "AzureFunctionsJobHost";

    /// <summary>Adds the sources of the app's settings.</summary>
    public static void AddSources(IConfigurationBuilder configuration, string[] args, string baseDirectory) => configuration
        .AddInMemoryCollection(ReadLocalSettings(Path.Combine(baseDirectory, SettingsFile)))
        .AddEnvironmentVariables()
        .AddCommandLine(args);

    /// <summary>host.json with what the settings overlay.</summary>
    public static IConfiguration ReadHostJson(string baseDirectory, IConfiguration settings) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(baseDirectory, HostFile), optional: true)
        .AddConfiguration(settings.GetSection(HostOverrides))
        .Build();

    private static Dictionary<string, string?> ReadLocalSettings(string path)
    {
        if (!File.Exists(path))
            return [];
        using var document = JsonDocument.Parse(
            File.ReadAllBytes(path),
            new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        if (!document.RootElement.TryGetProperty("IsEncrypted", out var encrypted) || encrypted.ValueKind != JsonValueKind.False)
            throw new InvalidOperationException($"{path}: only settings with \"IsEncrypted\": false can be read.");
        return document.RootElement.TryGetProperty("Values", out var values)
            ? values.EnumerateObject().ToDictionary(p => p.Name.Replace("__", ":", StringComparison.Ordinal), p => (string?)p.Value.ToString())
            : [];
    }
}
