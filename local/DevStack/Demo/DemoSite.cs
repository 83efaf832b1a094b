using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MyriadSync.DevStack.Demo;

/// <summary>Serves the demo's pages. While they are built, and where they cannot be, a page says so.</summary>
/// <param name="build">Completes with the folder of the pages.</param>
internal sealed class DemoSite(Task<string> build)
{
    private const string Index = "index.html";
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskAgain = "no-cache";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
        [".webmanifest"] = "application/manifest+json",
    }.ToFrozenDictionary();

    /// <summary>How the build stands: <c>building</c>, <c>ready</c> or <c>failed</c>.</summary>
    public string State => build.Status switch
    {
        TaskStatus.RanToCompletion => "ready",
        TaskStatus.Faulted or TaskStatus.Canceled => "failed",
        _ => "building",
    };

    /// <summary>Answers with a file of the pages; <paramref name="path"/> is relative to them, and empty for the first page.</summary>
    public async Task AnswerAsync(HttpContext context, string path)
    {
        PageHeaders.Add(context.Response);
        var page = State == "ready" ? null : NotBuiltPage.Of(build.Exception?.InnerException);
        if (page is not null)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.CacheControl = "no-store";
            context.Response.ContentType = ContentTypes[".html"];
            await context.Response.WriteAsync(page, context.RequestAborted);
            return;
        }

        if (Find(await build, path) is { } file)
            await SendAsync(context, file);
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    // Only what stands in the list of the folder is sent, so no path leads out of it.
    private static FileInfo? Find(string folder, string path)
    {
        var wanted = Path.GetFullPath(Path.Combine(folder, path.Length == 0 ? Index : path));
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Contains(wanted, StringComparer.Ordinal)
            && ContentTypes.ContainsKey(Path.GetExtension(wanted))
                ? new FileInfo(wanted)
                : null;
    }

    private static Task SendAsync(HttpContext context, FileInfo file)
    {
        // Vite puts a hash of the content into the names of what lies in assets/.
        context.Response.Headers.CacheControl = file.Directory!.Name == "assets" ? Forever : AskAgain;
        var tag = new EntityTagHeaderValue($"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\"");
        return Results.File(file.FullName, ContentTypes[file.Extension], entityTag: tag).ExecuteAsync(context);
    }
}
