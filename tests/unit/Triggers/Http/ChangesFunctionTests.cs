using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;
using MyriadSync.Security;
using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http;

public sealed class ChangesFunctionTests : IDisposable
{
    private static readonly FeedPage Empty = new() { Next = new Cursor(Fakes.Epoch, 7) };

    private readonly FakeFeed _feed = new();
    private readonly FakeLifetime _lifetime = new();
    private readonly FakeTimeProvider _time = new(Fakes.Now);

    public void Dispose() => _lifetime.Dispose();

    [Fact]
    public async Task Get_Page_IsWritten()
    {
        _feed.Pages.Enqueue(new FeedPage
        {
            Entries =
            [
                Entry(8, RecordValue.FromRoot("{\"$date\":5}"u8.ToArray())),
                Entry(9, null) with { By = "myriad", Cause = "restore", Key = Fakes.Key("[\"b\",2]") },
            ],
            Next = new Cursor(Fakes.Epoch, 9),
            More = true,
        });

        var context = await RunAsync(Fakes.Get());

        Assert.Equal(
            $$"""
            {"changes":[{"rev":8,"store":"todos","key":"a1","op":"put","value":{"$date":5},"at":"t","by":"c1"},{"rev":9,"store":"todos","key":["b",2],"op":"delete","at":"t","by":"myriad","cause":"restore"}],"cursor":"{{new Cursor(Fakes.Epoch, 9)}}","epoch":"{{Fakes.Epoch}}","more":true,"serverTime":1700000000123}
            """,
            HttpFixture.Text(context));
        Assert.Equal((200, "no-store"), (context.Response.StatusCode, context.Response.Headers.CacheControl.ToString()));
    }

    [Fact]
    public async Task Get_DatasetWithoutACommit_HasACursorAndNoEpoch()
    {
        _feed.Pages.Enqueue(new FeedPage { Next = new Cursor(Cursor.NoEpoch, 0) });

        var json = HttpFixture.Json(await RunAsync(Fakes.Get()));

        Assert.Equal(new Cursor(Cursor.NoEpoch, 0).ToString(), json.GetProperty("cursor").GetString());
        Assert.Null(json.GetProperty("epoch").GetString());
    }

    [Fact]
    public async Task Get_Parameters_ReachTheFeed()
    {
        _feed.Pages.Enqueue(Empty);

        await RunAsync(Fakes.Get($"?since={new Cursor(Fakes.Epoch, 5)}&limit=20&stores=a,b.c&schemaVersion=2&wait=0&unknown=1"));

        var (dataset, since, limit, stores) = Assert.Single(_feed.Reads);
        Assert.Equal(("d", new Cursor(Fakes.Epoch, 5), 20), (dataset, since, limit));
        Assert.Equal(["a", "b.c"], stores.Only!.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("?since=garbage", "/query/since", "not-a-cursor")]
    [InlineData("?since=", "/query/since", "not-a-cursor")]
    [InlineData("?since=MXx4fDE", "/query/since", "not-a-cursor")]
    [InlineData("?limit=0", "/query/limit", "out-of-range")]
    [InlineData("?limit=1001", "/query/limit", "out-of-range")]
    [InlineData("?limit=-1", "/query/limit", "out-of-range")]
    [InlineData("?limit=ten", "/query/limit", "out-of-range")]
    [InlineData("?limit=99999999999999", "/query/limit", "out-of-range")]
    [InlineData("?limit=1&limit=2", "/query/limit", "given-twice")]
    [InlineData("?wait=31", "/query/wait", "out-of-range")]
    [InlineData("?wait=1.5", "/query/wait", "out-of-range")]
    [InlineData("?schemaVersion=0", "/query/schemaVersion", "out-of-range")]
    [InlineData("?stores=", "/query/stores", "invalid-store")]
    [InlineData("?stores=a,,b", "/query/stores", "invalid-store")]
    [InlineData("?stores=a~b", "/query/stores", "invalid-store")]
    public async Task Get_BadParameter_Is400AndNothingIsRead(string query, string pointer, string reason)
    {
        var context = await RunAsync(Fakes.Get(query));

        var error = HttpFixture.Json(context).GetProperty("errors")[0];
        Assert.Equal((400, pointer, reason), (context.Response.StatusCode, error.GetProperty("pointer").GetString(), error.GetProperty("reason").GetString()));
        Assert.Empty(_feed.Reads);
    }

    [Fact]
    public async Task Get_TooManyStores_Is400()
    {
        var context = await RunAsync(Fakes.Get("?stores=" + string.Join(',', Enumerable.Range(0, 65).Select(i => $"s{i}"))));

        Assert.Equal(400, context.Response.StatusCode);
    }

    [Fact]
    public async Task Get_EndlessQuery_Is400WithoutParsingIt()
    {
        var context = await RunAsync(Fakes.Get("?x=" + new string('y', 8 * 1024)));

        Assert.Equal("too-long", HttpFixture.Json(context).GetProperty("errors")[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("epoch")]
    [InlineData("retention")]
    [InlineData("ahead")]
    public async Task Get_GoneCursor_Is410WithTheSnapshotsAddress(string reason)
    {
        _feed.Pages.Enqueue(new FeedPage { Gone = reason });

        var context = await RunAsync(Fakes.Get());

        var json = HttpFixture.Json(context);
        Assert.Equal(410, context.Response.StatusCode);
        Assert.Equal((reason, "/api/v1/datasets/d/snapshot"), (json.GetProperty("reason").GetString(), json.GetProperty("snapshot").GetString()));
    }

    [Fact]
    public async Task Get_Wait_ReadsAgainFromWhereTheFilterCameTo()
    {
        _feed.Pages.Enqueue(Empty);
        _feed.Pages.Enqueue(Empty with { Next = new Cursor(Fakes.Epoch, 8) });
        _feed.Pages.Enqueue(Empty with { Entries = [Entry(9, null)] });
        _feed.OnWait = _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(4));
            return Task.CompletedTask;
        };

        var context = await RunAsync(Fakes.Get("?wait=10"));

        Assert.Equal([null, new Cursor(Fakes.Epoch, 7), new Cursor(Fakes.Epoch, 8)], _feed.Reads.Select(read => read.Since));
        Assert.Equal([10, 6], _feed.Waits.Select(wait => wait.AtMost.TotalSeconds));
        Assert.Equal(1, HttpFixture.Json(context).GetProperty("changes").GetArrayLength());
    }

    [Fact]
    public async Task Get_WaitIsOver_AnswersAnEmptyPage()
    {
        _feed.Pages.Enqueue(Empty);
        _feed.Pages.Enqueue(Empty);
        _feed.OnWait = _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            return Task.CompletedTask;
        };

        var context = await RunAsync(Fakes.Get("?wait=10"));

        Assert.Equal(200, context.Response.StatusCode);
        Assert.Empty(_feed.Pages);
    }

    [Fact]
    public async Task Get_HostStopsMeanwhile_AnswersAnEmptyPageAtOnce()
    {
        _feed.Pages.Enqueue(Empty);
        _feed.Pages.Enqueue(Empty);
        _feed.OnWait = token =>
        {
            _lifetime.StopApplication();
            return Task.FromCanceled(token);
        };

        var context = await RunAsync(Fakes.Get("?wait=10"));

        Assert.Equal(200, context.Response.StatusCode);
    }

    [Theory]
    [InlineData(Role.Write, "*", 403)]
    [InlineData(Role.Operate, "*", 403)]
    [InlineData(Role.Read, "other", 403)]
    [InlineData(Role.Read, "d", 200)]
    public async Task Get_Access_NeedsReadAndTheDataset(Role roles, string datasets, int status)
    {
        _feed.Pages.Enqueue(Empty);

        var context = await RunAsync(Fakes.Get("", roles, datasets));

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(status == 403, context.Response.Headers.WWWAuthenticate.ToString().Contains("insufficient_scope", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a~b")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("å")]
    public async Task Get_DatasetOutOfItsAlphabet_Is400(string dataset)
    {
        var context = await RunAsync(Fakes.Get(), dataset);

        Assert.Equal((400, "/path/dataset"), (context.Response.StatusCode, HttpFixture.Json(context).GetProperty("errors")[0].GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task Get_ThousandEntries_StreamAndStayWhole()
    {
        var value = RecordValue.FromRoot(System.Text.Encoding.ASCII.GetBytes("\"" + new string('x', 300) + "\""));
        _feed.Pages.Enqueue(Empty with { Entries = [.. Enumerable.Range(1, 1000).Select(rev => Entry(rev, value))] });

        var context = await RunAsync(Fakes.Get());

        Assert.Equal(Enumerable.Range(1, 1000), HttpFixture.Json(context).GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("rev").GetInt32()));
    }

    private static LogEntry Entry(long rev, RecordValue? value) =>
        new() { Rev = rev, Store = "todos", Key = Fakes.Key("\"a1\""), Value = value, At = "t", By = "c1", Clocks = FieldClocks.None };

    private async Task<DefaultHttpContext> RunAsync(DefaultHttpContext context, string dataset = "d")
    {
        var function = new ChangesFunction(_feed, Fakes.Gate, Fakes.Schemas, Fakes.Limits, _time, _lifetime);
        return await HttpFixture.ExecuteAsync(await function.RunAsync(context.Request, dataset), context);
    }
}
