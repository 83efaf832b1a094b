using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MyriadSync.ChangeLog;
using MyriadSync.Conflicts;
using MyriadSync.Contracts;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;
using MyriadSync.Myriad;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.IntegrationTests.Docs;

/// <summary>
/// Sends the examples to a real stack. <c>as=</c> names the user, <c>roles=</c> the token's roles, <c>token=</c> <c>none</c> or <c>expired</c>;
/// <c>while=</c> is what the matter is at that moment, <c>after=</c> what happens before it.
/// </summary>
internal sealed partial class ExampleStage(GatedApp app, IReadOnlyDictionary<string, LocalStack> others, AppServices manual) : IAsyncDisposable
{
    private const string DefaultWait = "wait=30";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(90) };
    private readonly Dictionary<string, string> _given = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts what the examples need.</summary>
    public static async Task<ExampleStage> StartAsync(SharedAzurite azurite)
    {
        var settings = new Dictionary<string, Dictionary<string, string>>
        {
            ["issuer-away"] = new() { ["Auth:Authority"] = "http://127.0.0.1:9/", ["Auth:Keys"] = "" },
            ["app-of-version-3"] = new() { ["Stores:SchemaVersion"] = "3", ["Stores:OldestSchemaVersion"] = "2" },
        };
        var others = new Dictionary<string, LocalStack>();
        foreach (var (matter, given) in settings)
            others[matter] = await azurite.StartStackAsync(new LocalStackOptions { Settings = given });
        var manual = new AppServices();
        others["manual-stores"] = await azurite.StartStackAsync(new LocalStackOptions
        {
            ConfigureServices = services =>
            {
                services.AddManualStores();
                manual.Capture(services);
            },
        });
        return new ExampleStage(await GatedApp.StartAsync(azurite), others, manual);
    }

    /// <summary>Brings about what the example says is the matter, until the returned is disposed of.</summary>
    public async Task<IDisposable> SetAsync(ApiExample example)
    {
        await BeforeAsync(example.Words.GetValueOrDefault("after"));
        return Begin(example.Words.GetValueOrDefault("while"));
    }

    /// <summary>Sends the request and returns its answer.</summary>
    public async Task<(int Status, HttpResponseHeaders Headers, string? Media, string Body)> SendAsync(ApiExample example)
    {
        using var request = Request(example);
        using var answer = await _http.SendAsync(request, Cancel);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        Remember(body.StartsWith('{') ? JsonNode.Parse(body) : null);
        return ((int)answer.StatusCode, answer.Headers, body.Length == 0 ? null : answer.Content.Headers.ContentType?.MediaType, body);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await app.DisposeAsync();
        foreach (var other in others.Values)
            await other.DisposeAsync();
    }

    private HttpRequestMessage Request(ApiExample example)
    {
        var stack = others.GetValueOrDefault(example.Words.GetValueOrDefault("while") ?? "") ?? app.Stack;
        var request = new HttpRequestMessage(new HttpMethod(example.Method), new Uri(stack.BaseAddress, Fill(example.Address)));
        if (example.Words.GetValueOrDefault("token") != "none")
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", stack.Tokens.Create(Token(example.Words)));
        var body = example.Headers.TryGetValue("Content-Length", out var length) ? new string(' ', int.Parse(length, provider: null)) : Fill(example.Body);
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, example.Headers.GetValueOrDefault("Content-Type") ?? "application/json");
        foreach (var (name, value) in example.Headers.Where(header => !header.Key.StartsWith("Content-", StringComparison.Ordinal)))
            request.Headers.TryAddWithoutValidation(name, Fill(value));
        if (example.Method == "POST" && !example.Headers.ContainsKey("Prefer"))
            request.Headers.Add("Prefer", DefaultWait);
        return request;
    }

    private static DevTokenRequest Token(IReadOnlyDictionary<string, string> words) => new()
    {
        Sub = words.GetValueOrDefault("as") ?? "ann",
        Roles = (words.GetValueOrDefault("roles") ?? "read,write,operate").Split(','),
        ExpiresIn = words.GetValueOrDefault("token") == "expired" ? -3600 : 3600,
    };

    private IDisposable Begin(string? matter)
    {
        switch (matter)
        {
            case "cluster-away": return Faults(new FaultSet { HBaseUnreachable = true });
            case "scheduler-away": return Faults(new FaultSet { SchedulerUnreachable = true });
            case "scheduler-refuses": return Faults(new FaultSet { Rules = [new FaultRule { Action = FaultAction.Answer, Path = "flexup", Status = 400, Body = "Not now." }] });
            case "storage-away": return Failing(() => new StorageUnavailableException("Storage is away."));
            case "defective": return Failing(() => new InvalidOperationException("A defect."));
            case null: return new Reset(() => { });
            default: return others.ContainsKey(matter) ? new Reset(() => { }) : throw new ArgumentException($"Nobody knows how to play '{matter}'.");
        }
    }

    private Reset Faults(FaultSet faults)
    {
        app.Stack.Emulator!.Faults.Current = faults;
        return new Reset(app.Stack.Emulator.Faults.Reset);
    }

    private CallGate Failing(Func<Exception> exception)
    {
        var gate = app.Log.Gate(nameof(IChangeLog.ReadHeadAsync));
        _ = FailAsync();
        return gate;

        async Task FailAsync() => (await gate.NextAsync()).Fail(exception());
    }

    private async Task BeforeAsync(string? event_)
    {
        switch (event_)
        {
            case null: break;
            case "retention": await RetentionRun.OfAsync(app); break;
            case "retention-of-conflicts":
                await manual.Get<ConflictTable>().ExpireAsync("clash", TimeProvider.System.GetUtcNow().AddDays(1), Cancel);
                break;
            case "job-with-a-wrong-clock": await WriteAheadAsync("shop", "notes", "n7"); break;
            default: throw new ArgumentException($"Nobody knows how to play '{event_}'.");
        }
    }

    /// <summary>What a job with a clock two hours ahead leaves behind.</summary>
    private async Task WriteAheadAsync(string dataset, string store, string key)
    {
        var ahead = TimeProvider.System.GetUtcNow().AddHours(2).ToUnixTimeMilliseconds();
        var row = new RowPut(Keys.Row(dataset, key, store), [new Cell("d:job", ahead, "1"u8.ToArray())]);
        var answer = await app.Services.Get<IRecordStore>().WriteAsync(TableMapOptions.DefaultTable, [row], [], Cancel);
        Assert.Equal(StoreFault.None, answer.Fault);
    }

    private string Fill(string text) => Name().Replace(text, match => _given.GetValueOrDefault(match.Groups[1].Value) ?? match.Value);

    private void Remember(JsonNode? answer)
    {
        foreach (var (name, value) in answer as JsonObject ?? [])
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var given))
                _given[name] = given;
            Remember(value);
        }

        foreach (var item in answer as JsonArray ?? [])
            Remember(item);
    }

    private sealed class Reset(Action reset) : IDisposable
    {
        public void Dispose() => reset();
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Name();
}
