using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MyriadSync.Triggers.Http;

/// <summary><c>GET …/openapi.json</c>: docs/openapi.json, which travels within the assembly. A test holds it to the functions.</summary>
internal static class OpenApiFunction
{
    private static readonly Lazy<byte[]> Document = new(Read);

    /// <summary>Answers the document as it is written.</summary>
    [Function(FunctionNames.ReadOpenApi)]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.OpenApi)] HttpRequest request) =>
        Results.Bytes(Document.Value, "application/json");

    private static byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("openapi.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
