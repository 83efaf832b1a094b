using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MyriadSync.Triggers.Http;

/// <summary>
/// Problems as plain text, for RxDB: clients written after its documentation read every answer as JSON without a look at the status, so an error has to be
/// something that cannot be read so. They then try again.
/// </summary>
internal static class PlainProblems
{
    /// <summary>Media type of the answers.</summary>
    public const string ContentType = "text/plain; charset=utf-8";

    private const int MaxErrors = 10;

    /// <summary>From here on, problems of this request are plain.</summary>
    public static void Demand(HttpContext http) => http.Items[typeof(PlainProblems)] = true;

    /// <summary>Whether this request wants them so.</summary>
    public static bool AreWanted(HttpContext http) => http.Items.ContainsKey(typeof(PlainProblems));

    /// <summary>Code and detail, a line an error, and the trace id.</summary>
    public static string Text(Problem problem)
    {
        var text = new StringBuilder($"{problem.Code}: {problem.Detail}\n");
        foreach (var error in problem.Errors.Take(MaxErrors))
            text.Append($"{error.Pointer} {error.Reason}: {error.Detail}\n");
        foreach (var (name, value) in problem.Extensions)
            text.Append($"{name}: {value}\n");
        return text.Append($"traceId: {Activity.Current?.TraceId.ToHexString()}\n").ToString();
    }
}
