using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;
using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http;

public class ReadFunctionsTests
{
    private static readonly FakeTimeProvider Time = new(Fakes.Now);

    private static readonly RecordInEffect Milk = new() { Rev = 7, Value = RecordValue.FromRoot("\"milk\""u8.ToArray()), At = "t", By = "c1" };

    [Fact]
    public async Task Snapshot_Page_IsWritten()
    {
        var page = new SnapshotPage
        {
            Records = [new SnapshotRecord(new RecordId("todos", Fakes.Key("7")), Milk)],
            NextPage = "next",
            Cursor = new Cursor(Fakes.Epoch, 9),
        };
        var reader = new FakeSnapshots(page);

        var context = await SnapshotAsync(reader, "?stores=todos&page=tok&limit=5");

        Assert.Equal(
            $$"""
            {"records":[{"store":"todos","key":7,"rev":7,"value":"milk","at":"t","by":"c1"}],"nextPage":"next","head":9,"cursor":"{{new Cursor(Fakes.Epoch, 9)}}","epoch":"{{Fakes.Epoch}}","serverTime":1700000000123}
            """,
            HttpFixture.Text(context));
        Assert.Equal(["todos"], reader.Asked.Scope!.Only!);
        Assert.Equal(("tok", 5), (reader.Asked.Page, reader.Asked.Limit));
    }

    [Theory]
    [InlineData(SnapshotFault.BadToken, 400, "invalid-parameter")]
    [InlineData(SnapshotFault.Gone, 410, "cursor-gone")]
    [InlineData(SnapshotFault.Unavailable, 503, "cluster-unavailable")]
    public async Task Snapshot_Fault_IsAProblem(SnapshotFault fault, int status, string code)
    {
        var context = await SnapshotAsync(new FakeSnapshots(new SnapshotPage { Fault = fault, Reason = "epoch" }), "");

        Assert.Equal(status, context.Response.StatusCode);
        Assert.EndsWith("/" + code, HttpFixture.Json(context).GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal(status == 503, context.Response.Headers.RetryAfter.Count > 0);
    }

    [Fact]
    public async Task Snapshot_EndlessToken_Is400()
    {
        var context = await SnapshotAsync(new FakeSnapshots(new SnapshotPage()), "?page=" + new string('x', 4097));

        Assert.Equal(400, context.Response.StatusCode);
    }

    [Fact]
    public async Task Dataset_State_IsWrittenWithTheLimits()
    {
        var state = new DatasetState { Epoch = Fakes.Epoch, Head = 9, Applied = 7, OldestSeq = 2 };
        var function = new DatasetFunction(new FakeDatasets(state), Fakes.Limits, Fakes.Versions, Time);
        var context = Fakes.Get();

        await HttpFixture.ExecuteAsync(await function.RunAsync(context.Request, "d"), context);

        Assert.Equal(
            $$"""
            {"dataset":"d","epoch":"{{Fakes.Epoch}}","head":9,"applied":7,"oldestSeq":2,"schemaVersion":{"current":3,"oldest":2},"limits":{"batchChanges":1000,"batchBytes":1048576,"valueBytes":262144,"valueDepth":64,"keyChars":1024,"pageEntries":1000,"waitSeconds":30,"clockAheadMs":60000},"serverTime":1700000000123,"serverTimeIso":"2023-11-14T22:13:20.123Z"}
            """,
            HttpFixture.Text(context));
    }

    [Theory]
    [InlineData("\"a1\"", "\"a1\"")]
    [InlineData("Sa1", "\"a1\"")]
    [InlineData("[\"b\",2]", "[\"b\",2]")]
    [InlineData("{\"$date\":5}", "{\"$date\":5}")]
    [InlineData("-7.50", "-7.5")]
    [InlineData("\"a%2Fb\"", "\"a/b\"")]
    public async Task Record_EitherFormOfTheKey_IsRead(string key, string json)
    {
        var reader = new FakeRecords(new RecordView { Record = Milk });

        var context = await RecordAsync(reader, key);

        Assert.Equal(200, context.Response.StatusCode);
        Assert.Equal(json, HttpFixture.Json(context).GetProperty("key").GetRawText());
    }

    [Theory]
    [InlineData("todos", "null", "/path/key")]
    [InlineData("todos", "nonsense", "/path/key")]
    [InlineData("todos", "7 8", "/path/key")]
    [InlineData("todos", "[", "/path/key")]
    [InlineData("todos", "\"a", "/path/key")]
    [InlineData("todos", "Sa~", "/path/key")]
    [InlineData("to~dos", "7", "/path/store")]
    public async Task Record_BadPath_Is400(string store, string key, string pointer)
    {
        var context = await RecordAsync(new FakeRecords(null), key, store);

        Assert.Equal((400, pointer), (context.Response.StatusCode, HttpFixture.Json(context).GetProperty("errors")[0].GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task Record_View_IsWritten()
    {
        var context = await RecordAsync(new FakeRecords(new RecordView { Record = Milk, Sub = "ada", Pending = true, Held = "cell-too-large" }), "7");

        Assert.Equal(
            """{"store":"todos","key":7,"rev":7,"value":"milk","at":"t","by":"c1","sub":"ada","pending":true,"held":"cell-too-large","serverTime":1700000000123}""",
            HttpFixture.Text(context));
        Assert.Equal("\"7-pending-held\"", context.Response.Headers.ETag);
    }

    [Fact]
    public async Task Record_Deleted_SaysSo()
    {
        var context = await RecordAsync(new FakeRecords(new RecordView { Record = new RecordInEffect { Rev = 8 } }), "7");

        Assert.Equal("""{"store":"todos","key":7,"rev":8,"deleted":true,"pending":false,"serverTime":1700000000123}""", HttpFixture.Text(context));
    }

    [Fact]
    public async Task Record_NeverWas_Is404AndUnknown_Is503()
    {
        var never = await RecordAsync(new FakeRecords(new RecordView { Record = new RecordInEffect { Rev = 0 } }), "7");
        var unknown = await RecordAsync(new FakeRecords(null), "7");

        Assert.Equal((404, 503), (never.Response.StatusCode, unknown.Response.StatusCode));
    }

    [Theory]
    [InlineData("\"7\"", 304)]
    [InlineData("W/\"7\"", 304)]
    [InlineData("\"6\", \"7\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"6\"", 200)]
    [InlineData("7", 200)]
    [InlineData("", 200)]
    public async Task Record_IfNoneMatch_IsHeeded(string header, int status)
    {
        var context = Fakes.Get();
        context.Request.Headers.IfNoneMatch = header;

        await RecordAsync(new FakeRecords(new RecordView { Record = Milk }), "7", "todos", context);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal("\"7\"", context.Response.Headers.ETag);
        Assert.Equal(status == 304, HttpFixture.Body(context).Length == 0);
    }

    [Fact]
    public async Task Record_Gzipped_HasAWeakTag()
    {
        var context = Fakes.Get();
        context.Request.Headers.AcceptEncoding = "gzip";
        var value = RecordValue.FromRoot(System.Text.Encoding.ASCII.GetBytes("\"" + new string('x', 3000) + "\""));

        await RecordAsync(new FakeRecords(new RecordView { Record = Milk with { Value = value } }), "7", "todos", context);

        Assert.Equal(("gzip", "W/\"7\""), (context.Response.Headers.ContentEncoding.ToString(), context.Response.Headers.ETag.ToString()));
    }

    private static async Task<DefaultHttpContext> SnapshotAsync(FakeSnapshots reader, string query)
    {
        var context = Fakes.Get(query);
        return await HttpFixture.ExecuteAsync(await new SnapshotFunction(reader, Fakes.Gate, Fakes.Schemas, Fakes.Limits, Time).RunAsync(context.Request, "d"), context);
    }

    private static async Task<DefaultHttpContext> RecordAsync(FakeRecords reader, string key, string store = "todos", DefaultHttpContext? context = null)
    {
        context ??= Fakes.Get();
        return await HttpFixture.ExecuteAsync(await new RecordFunction(reader, Fakes.Gate, Time).RunAsync(context.Request, "d", store, key), context);
    }
}
