using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace MyriadSync.MyriadEmulator.Scheduler;

/// <summary>The error page of Jetty 6.</summary>
internal static class JettyPage
{
    /// <param name="status">The status.</param>
    /// <param name="path">The path as sent.</param>
    public static string Render(int status, string path)
    {
        // Inside /api an answer of the REST layer names the status in words, outside the container does it in capitals.
        var words = path.StartsWith("/api/", StringComparison.Ordinal) ? ReasonPhrases.GetReasonPhrase(status) : "NOT_FOUND";
        var page = new StringBuilder()
            .Append("<html>\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=ISO-8859-1\"/>\n")
            .Append("<title>Error ").Append(status).Append(' ').Append(words).Append("</title>\n</head>\n")
            .Append("<body><h2>HTTP ERROR ").Append(status).Append("</h2>\n<p>Problem accessing ").Append(path).Append(". Reason:\n<pre>    ").Append(words)
            .Append("</pre></p><hr /><i><small>Powered by Jetty://</small></i>");
        for (var line = 0; line < 20; line++)
            page.Append("<br/>").Append(' ', 48).Append('\n');
        return page.Append("\n</body>\n</html>\n").ToString();
    }
}
