using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http;

/// <summary>Requests and what comes back for them, without a server.</summary>
internal static class HttpFixture
{
    public static DefaultHttpContext Context(Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddOptions<ApiOptions>();
        services.AddLogging();
        configure?.Invoke(services);
        var context = new DefaultHttpContext { RequestServices = services.BuildServiceProvider() };
        context.Response.Body = new MemoryStream();
        context.Request.Path = "/api/v1/datasets/d/changes";
        return context;
    }

    public static DefaultHttpContext Post(Stream body, string? contentType = "application/json", string? encoding = null, long? length = null)
    {
        var context = Context();
        context.Request.Method = "POST";
        context.Request.Body = body;
        context.Request.ContentType = contentType;
        context.Request.ContentLength = length;
        if (encoding is not null)
            context.Request.Headers.ContentEncoding = encoding;
        return context;
    }

    public static async Task<DefaultHttpContext> ExecuteAsync(IResult result, DefaultHttpContext? context = null)
    {
        context ??= Context();
        await result.ExecuteAsync(context);
        return context;
    }

    public static byte[] Body(HttpContext context) => ((MemoryStream)context.Response.Body).ToArray();

    public static string Text(HttpContext context) => Encoding.UTF8.GetString(Body(context));

    public static JsonElement Json(HttpContext context) => JsonDocument.Parse(Body(context)).RootElement;

    public static byte[] Gzip(byte[] bytes, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Gunzip(byte[] bytes)
    {
        using var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
