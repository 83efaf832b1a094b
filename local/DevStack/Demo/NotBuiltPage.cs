using System.Net;

namespace MyriadSync.DevStack.Demo;

/// <summary>What stands in the demo's place until it is built. It has no style or script of its own: the pages' security policy allows none inline.</summary>
internal static class NotBuiltPage
{
    /// <param name="failure">Why it never will be; null while it is being built.</param>
    public static string Of(Exception? failure) => failure is null
        ? Page("<meta http-equiv=\"refresh\" content=\"2\">", "The demo is being built", "<p>This happens once and takes about half a minute. The page opens by itself.</p>")
        : Page("", "The demo could not be built", $"<pre>{WebUtility.HtmlEncode(failure.Message)}</pre><p>Everything else works. Start the stack again to build it again.</p>");

    private static string Page(string head, string title, string body) => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">{head}<title>{title}</title></head>
        <body><h1>{title}</h1>{body}</body></html>
        """;
}
