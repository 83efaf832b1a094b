using System.Globalization;

namespace MyriadSync.DevStack.Azurite;

/// <summary>Command line, accounts and connection strings of one Azurite.</summary>
internal static class AzuriteAccount
{
    private const string Host = "127.0.0.1";
    private const string NamePrefix = "devstoreaccount";

    /// <summary>The key that every storage emulator in the world has, from Azurite's documentation: it protects nothing.</summary>
    private const string WellKnownKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Connection string of an account.</summary>
    /// <param name="options">Where Azurite listens.</param>
    /// <param name="number">The account, from 1; the first is the one that every tool knows.</param>
    public static string ConnectionString(AzuriteOptions options, int number) =>
        $"DefaultEndpointsProtocol=http;AccountName={Name(number)};AccountKey={WellKnownKey};"
        + $"BlobEndpoint=http://{Host}:{options.BlobPort}/{Name(number)};"
        + $"QueueEndpoint=http://{Host}:{options.QueuePort}/{Name(number)};"
        + $"TableEndpoint=http://{Host}:{options.TablePort}/{Name(number)};";

    /// <summary>The accounts as Azurite's <c>AZURITE_ACCOUNTS</c> takes them.</summary>
    public static string Declaration(int accounts) =>
        string.Join(';', Enumerable.Range(1, accounts).Select(number => $"{Name(number)}:{WellKnownKey}"));

    public static IReadOnlyList<string> Arguments(AzuriteOptions options, string script) =>
    [
        "--no-deprecation", script,
        "--blobHost", Host, "--blobPort", Text(options.BlobPort),
        "--queueHost", Host, "--queuePort", Text(options.QueuePort),
        "--tableHost", Host, "--tablePort", Text(options.TablePort),
        // The SDKs of today ask for service versions that Azurite has not heard of yet.
        "--skipApiVersionCheck",
        "--disableTelemetry",
        "--silent",
        .. options.Folder is { } folder ? (string[])["--location", Path.GetFullPath(folder)] : ["--inMemoryPersistence"],
    ];

    private static string Name(int number) => NamePrefix + Text(number);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
