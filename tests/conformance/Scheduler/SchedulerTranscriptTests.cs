using System.Text.Json;
using MyriadSync.ConformanceTests.Gateways;
using MyriadSync.ConformanceTests.Support;
using MyriadSync.MyriadEmulator;
using MyriadSync.MyriadEmulator.Scheduler;

namespace MyriadSync.ConformanceTests.Scheduler;

/// <summary>
/// Sends everything that was once sent to a real scheduler, in its order, and compares the answers: status, reason, headers and body.
/// </summary>
public sealed class SchedulerTranscriptTests
{
    private static readonly SchedulerOptions Recorded = new()
    {
        Services = new Dictionary<string, int?> { ["hbaserest"] = 2, ["timelineserver"] = null, ["nolimit"] = 0 },
        StepTime = null,
    };

    /// <summary>The recording is of several runs: the title that each begins with, and its configuration.</summary>
    private static readonly Dictionary<string, SchedulerOptions> Runs = new()
    {
        ["valid"] = Recorded,
        ["state at start"] = Recorded,
        ["flexup 4 small"] = Recorded,
        ["svc down unknown"] = Recorded,
        ["config no services"] = Recorded with { Services = new Dictionary<string, int?>() },
        ["svc dotted name up over max 1"] = Recorded with { Services = new Dictionary<string, int?> { ["hbase.rest"] = 1 } },
    };

    /// <summary>What the emulator does not have: it says so with a 501, or the exchange is about the real server's own pages.</summary>
    private static readonly HashSet<string> NotEmulated =
    [
        "OPTIONS", "accept json artifacts", "artifact", "artifact HEAD", "artifact bin missing", "shutdown", "state after", "dir listing WEB", "traversal", "conditional",
    ];

    /// <summary>
    /// The Java it was recorded on kept the scheduler from reading a regular expression, after the first of these calls had taken its effect.
    /// </summary>
    private const string JavaModules = "Unable to make field";

    [Fact]
    public async Task Replay_EveryRecordedExchange_AnswersAlike()
    {
        var file = SharedFolder.Find("myriad/transcripts.txt");
        Assert.SkipWhen(file is null, $"No recorded exchanges: {SharedFolder.HowToHaveIt} that holds myriad/transcripts.txt.");
        var exchanges = Transcript.Parse((await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"));
        var differences = new List<string>();
        var compared = 0;

        MyriadEmulatorHost? host = null;
        GatewayClient? client = null;
        foreach (var exchange in exchanges)
        {
            if (Runs.TryGetValue(exchange.Title, out var options))
            {
                await StopAsync(host, client);
                host = await MyriadEmulatorHost.StartAsync(
                    new MyriadEmulatorOptions { HBasePort = 0, SchedulerPort = 0, Scheduler = options }, TestContext.Current.CancellationToken);
                client = new GatewayClient(host.SchedulerAddress);
            }
            if (NotEmulated.Contains(exchange.Title) || (exchange.Title == "POST" && exchange.Path == "/"))
                continue;
            if (exchange.Reason.StartsWith(JavaModules, StringComparison.Ordinal))
            {
                if (exchange.Title == "flexdown 1 small w/constraint hostname")
                    await SendAsync(client!, exchange with { Body = """{"instances":1,"profile":"small"}""" });
                continue;
            }
            differences.AddRange(Compare(exchange, await SendAsync(client!, exchange)).Select(difference => $"{exchange.Title} ({exchange.Method} {exchange.Path}): {difference}"));
            compared++;
        }
        await StopAsync(host, client);

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(compared > 110, $"Only {compared} of {exchanges.Count} exchanges were compared.");
    }

    private static Task<Reply> SendAsync(GatewayClient client, Transcript exchange)
    {
        var request = new HttpRequestMessage(new HttpMethod(exchange.Method), client.Url(exchange.Path));
        if (exchange.Body is not null || exchange.Method is "PUT" or "POST")
            request.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(exchange.Body ?? ""));
        foreach (var (name, value) in exchange.RequestHeaders.Where(header => header.Value.Length > 0))
        {
            if (name == "Transfer-Encoding")
                request.Headers.TransferEncodingChunked = true;
            else if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }
        var accept = exchange.RequestHeaders.FirstOrDefault(header => header.Name == "Accept").Value;
        return client.SendAsync(request, accept is null ? "*/*" : null);
    }

    private static IEnumerable<string> Compare(Transcript expected, Reply actual)
    {
        if ((int)actual.Status != expected.Status)
            yield return $"status {(int)actual.Status}, not {expected.Status}";
        // Jackson's messages hold object hashes; the scheduler's own do not.
        if (!expected.Reason.Contains("[Source", StringComparison.Ordinal) && !expected.Reason.StartsWith("No content", StringComparison.Ordinal)
            && actual.Message.ReasonPhrase != expected.Reason)
            yield return $"reason '{actual.Message.ReasonPhrase}', not '{expected.Reason}'";
        foreach (var name in new[] { "Content-Type", "Cache-Control", "Server", "Content-Length" })
        {
            var header = Header(actual, name);
            if (!Words(header).SequenceEqual(Words(expected.Headers.GetValueOrDefault(name))))
                yield return $"{name} '{header}', not '{expected.Headers.GetValueOrDefault(name)}'";
        }
        if (!actual.Message.Content.Headers.Allow.Order().SequenceEqual(expected.Headers.GetValueOrDefault("Allow", "").Split(',', StringSplitOptions.RemoveEmptyEntries).Order()))
            yield return $"Allow {string.Join(',', actual.Message.Content.Headers.Allow)}";
        if (Canonical(expected.Path, actual.Body) != Canonical(expected.Path, expected.Answer))
            yield return $"body\n{Canonical(expected.Path, actual.Body)}\nnot\n{Canonical(expected.Path, expected.Answer)}";
    }

    private static IEnumerable<string> Words(string? header) => (header ?? "").Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal);

    private static string? Header(Reply reply, string name)
    {
        // Where the real server closes the connection or sends chunks, it sends no length; the client of these tests makes one up from the body.
        if (name == "Content-Length" && reply.Message.Headers.TransferEncodingChunked == true)
            return null;
        return reply.Message.Headers.TryGetValues(name, out var values) || reply.Message.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;
    }

    /// <summary>Ids are random and their order is that of a hash table; of the configuration only the shape counts.</summary>
    private static string Canonical(string path, string body)
    {
        if (!body.StartsWith('{'))
            return body.TrimEnd('\n');
        using var json = JsonDocument.Parse(body);
        if (path.StartsWith("/api/config", StringComparison.Ordinal))
            return Shape(json.RootElement);
        var lists = json.RootElement.EnumerateObject().ToDictionary(
            list => list.Name, list => list.Value.EnumerateArray().Select(id => id.GetString()![..id.GetString()!.LastIndexOf('.')]));
        // Nothing launches a task here, so that pending, staging and active are one.
        var wanted = lists["pendingTasks"].Concat(lists["stagingTasks"]).Concat(lists["activeTasks"]).Order(StringComparer.Ordinal);
        return $"{string.Join(',', lists.Keys)}: {string.Join(' ', wanted)} / {string.Join(' ', lists["killableTasks"].Order(StringComparer.Ordinal))}";
    }

    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', element.EnumerateObject().Select(property => $"{property.Name}:{Shape(property.Value)}")) + "}",
        JsonValueKind.Number => element.GetRawText().Contains('.', StringComparison.Ordinal) ? "double" : "int",
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => element.ValueKind.ToString(),
    };

    private static async Task StopAsync(MyriadEmulatorHost? host, GatewayClient? client)
    {
        client?.Dispose();
        if (host is not null)
            await host.DisposeAsync();
    }
}
