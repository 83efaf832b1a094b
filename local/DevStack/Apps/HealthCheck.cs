using System.Net;
using System.Text.Json.Nodes;
using MyriadSync.DevStack.Azurite;

namespace MyriadSync.DevStack.Apps;

/// <summary>Asks the app how it is until it is well.</summary>
internal sealed class HealthCheck(Uri baseAddress, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Returns when the app answers at all, cluster and storage or not.</summary>
    /// <param name="failure">Why it never will; null while it may.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task LiveAsync(Func<string?> failure, CancellationToken cancellationToken) => WaitAsync("api/v1/health/live", "live", failure, cancellationToken);

    /// <summary>Returns when the app and everything that it needs answer.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) => WaitAsync("api/v1/health/ready", "ready", () => null, cancellationToken);

    private async Task WaitAsync(string path, string wanted, Func<string?> failure, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = baseAddress };
        var start = time.GetTimestamp();
        while (true)
        {
            var answer = await AskAsync(http, path, wanted, cancellationToken);
            if (answer is null)
                return;
            if (failure() is { } reason)
                throw new LocalStackException($"The function app did not come up: {reason}");
            if (time.GetElapsedTime(start) > Patience)
                throw new LocalStackException($"The function app was not well after {Patience.TotalSeconds} s; /{path} answers: {answer}");
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private static async Task<string?> AskAsync(HttpClient http, string path, string wanted, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            // 200 alone may also be "degraded": able to serve, with a part missing. A stack is whole before it says that it is ready.
            return response.StatusCode == HttpStatusCode.OK && (StatusOf(body) == wanted || IsWhole(body)) ? null : $"{(int)response.StatusCode} {body}";
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Everything but the tables of store files: who is to make them needs the stack's own cluster for it.</summary>
    private static bool IsWhole(string body) => JsonNode.Parse(body)?["checks"]?.AsArray() is { } checks
        && checks.All(check => (string?)check!["state"] == "up" || (string?)check["name"] == "tables");

    private static string? StatusOf(string body) => JsonNode.Parse(body)?["status"]?.GetValue<string>();
}
