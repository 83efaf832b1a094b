using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using MyriadSync.ChangeLog;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;
using MyriadSync.IntegrationTests.Http;
using MyriadSync.IntegrationTests.Scans;
using MyriadSync.Orchestration.Audits;

namespace MyriadSync.IntegrationTests.Audits;

/// <summary>Audits that operators ask for over the API: who may, and that there is one of a table at a time, whoever asks and however many instances there are.</summary>
public sealed class AuditOnDemandTests(SharedAzurite azurite)
{
    private const string Dataset = "demanded";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Audit_NotAnOperator_IsForbiddenAndBeginsNone()
    {
        await using var stack = await azurite.StartStackAsync();
        using var client = Client(stack, "read", "write");
        using var @operator = Client(stack, "operate");

        using var read = await client.GetAsync(Audit, Cancel);
        using var begin = await client.PostAsync(Audit, null, Cancel);

        (await ProblemAnswer.ReadAsync(read)).Is(403, "forbidden");
        (await ProblemAnswer.ReadAsync(begin)).Is(403, "forbidden");
        Assert.Equal("never", (string?)(await TablesAsync(@operator.GetAsync(Audit, Cancel)))[0]!["state"]);
    }

    [Fact]
    public async Task Audit_AskedForWhileOneIsUnderWay_ShowsTheOneThatIs()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        using var http = Client(app.Gates.Stack, "operate");

        var first = await BeginAsync(http, app);
        var second = await BeginAsync(http, app);
        await app.GoOnAsync();
        var third = await BeginAsync(http, app);

        Assert.Equal("reading-log", (string?)first["state"]);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal("reading-log", (string?)third["state"]);
        Assert.NotEqual((string?)first["begunAt"], (string?)third["begunAt"]);
    }

    /// <summary>Both find that none is under way before either begins one.</summary>
    [Fact]
    public async Task Audit_TwoInstancesAreAskedAtATime_BothShowTheSameOne()
    {
        var calls = new GatedCalls();
        await using var x = await ScanApp.StartAsync(azurite, register: services => services.Decorate<IAuditLedger>(inner => new GatedLedger(inner, calls)));
        await using var y = await ScanApp.StartAsync(azurite, beside: x);
        using var atX = Client(x.Gates.Stack, "operate");
        using var atY = Client(y.Gates.Stack, "operate");
        using var moves = calls.Gate(nameof(IAuditLedger.MoveAsync), when: mark => ((AuditMark)mark).Table == x.Table, atMost: 1);

        var asked = BeginAsync(atX, x);
        var move = await moves.NextAsync();
        var second = await BeginAsync(atY, y);
        await y.GoOnAsync();
        var ended = await ReadAsync(atY, y);
        move.Continue();
        var first = await asked;

        Assert.Equal("reading-log", (string?)second["state"]);
        Assert.Equal("ended", (string?)ended["state"]);
        Assert.Equal((string?)second["begunAt"], (string?)first["begunAt"]);
        Assert.Equal(ended.ToJsonString(), first.ToJsonString());
    }

    /// <summary>One of them is in the middle of a page; the other one waits for it, and whatever they find between them is found once.</summary>
    [Fact]
    public async Task Audit_TwoInstancesWorkOnOne_TakeTurnsAndFindEverythingOnce()
    {
        await using var x = await ScanApp.StartAsync(azurite);
        await using var y = await ScanApp.StartAsync(azurite, beside: x);
        var (client, job) = (x.Client(Dataset), x.Job(Dataset));
        await client.PushAsync([.. Enumerable.Range(0, 5).Select(i => client.Put("todos", $"k{i}", """{"title":"t"}"""))]);
        var before = await x.AuditAsync();
        await job.DeleteAsync("todos", "k0");
        await job.PutAsync("todos", "k1", 1000, ("d:note", "\"old\""));
        var starts = 0;
        using var reads = x.Gates.Store.Gate(nameof(MyriadSync.Myriad.IRecordStore.ScanAsync), atMost: 1);
        using var others = y.Gates.Store.Gate(nameof(MyriadSync.Myriad.IRecordStore.ScanAsync), when: _ => Interlocked.Increment(ref starts) == 0);

        var atX = x.AuditAsync();
        var read = await reads.NextAsync();
        var kept = await y.Gates.Services.Get<ClusterAudit>().ContinueAsync(y.Table, TimeSpan.FromSeconds(1), Cancel);
        var meanwhile = starts;
        var atY = y.GoOnAsync();
        read.Continue();
        await Task.WhenAll(atX, atY);

        var ended = await y.Gates.Services.Get<IAuditLedger>().ReadAsync(y.Table, Cancel);
        Assert.Equal((AuditPhase.Rows, 0), (kept.Phase, meanwhile));
        Assert.Equal((AuditPhase.Idle, before.Rows - 1, 1L, 1L), (ended.Phase, ended.Rows, ended.Changed, ended.Gone));
        Assert.Equal(7, (await client.DatasetAsync()).Number("head"));
    }

    private static Uri Audit { get; } = new("cluster/audit", UriKind.Relative);

    private static HttpClient Client(LocalStack stack, params string[] roles)
    {
        var http = new HttpClient { BaseAddress = new Uri(stack.BaseAddress, "api/v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stack.Tokens.Create(new DevTokenRequest { Sub = "ops", Roles = roles }));
        return http;
    }

    private static async Task<JsonNode> BeginAsync(HttpClient http, ScanApp app) => Of(app.Table, await TablesAsync(http.PostAsync(Audit, null, Cancel)));

    private static async Task<JsonNode> ReadAsync(HttpClient http, ScanApp app) => Of(app.Table, await TablesAsync(http.GetAsync(Audit, Cancel)));

    private static JsonNode Of(string table, JsonArray tables) => tables.Single(one => (string?)one!["table"] == table)!;

    private static async Task<JsonArray> TablesAsync(Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["tables"]!.AsArray();
    }
}
