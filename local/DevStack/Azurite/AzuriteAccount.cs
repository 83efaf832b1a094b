using System.Globalization;

namespace MyriadSync.DevStack.Azurite;

/// <summary>Command line and connection string of one Azurite.</summary>
internal static class AzuriteAccount
{
    private const string Host = "127.0.0.1";
    private const string Name = "devstoreaccount1";

    /// <summary>The key that every storage emulator in the world has, from Azurite's documentation: it protects nothing.</summary>
    private const string WellKnownKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static string ConnectionString(AzuriteOptions options) =>
        $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={WellKnownKey};"
        + $"BlobEndpoint=http://{Host}:{options.BlobPort}/{Name};"
        + $"QueueEndpoint=http://{Host}:{options.QueuePort}/{Name};"
        + $"TableEndpoint=http://{Host}:{options.TablePort}/{Name};";

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

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
