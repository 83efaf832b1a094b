using System.Text;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;
using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http;

public class BatchAnswerResultTests
{
    private const string Epoch = "0123456789abcdef0123456789abcdef";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    [Fact]
    public async Task Execute_Accepted_Is202WithWhereAndWhen()
    {
        var answer = new BatchAnswer { BatchId = "b1", Status = BatchStatus.Accepted, WaitingFor = "cluster-unavailable", WaitingSince = Now };

        var context = await HttpFixture.ExecuteAsync(Result(answer, PreferHeader.Parse("respond-async", new SyncLimits())));

        Assert.Equal(202, context.Response.StatusCode);
        Assert.Equal("/api/v1/datasets/d/batches/c1/b1", context.Response.Headers.Location);
        Assert.Equal("2", context.Response.Headers.RetryAfter);
        Assert.Equal("respond-async", context.Response.Headers["Preference-Applied"]);
        Assert.Equal(
            """{"batchId":"b1","status":"accepted","waitingFor":"cluster-unavailable","waitingSince":"2023-11-14T22:13:20.123Z","serverTime":1700000000123,"results":[]}""",
            HttpFixture.Text(context));
    }

    [Theory]
    [InlineData(BatchStatus.Committed, "committed")]
    [InlineData(BatchStatus.Applied, "applied")]
    public async Task Execute_Settled_Is200WithResults(BatchStatus status, string name)
    {
        var value = RecordValue.FromRoot("{\"$date\":5}"u8.ToArray());
        var answer = new BatchAnswer
        {
            BatchId = "b1",
            Status = status,
            Cursor = new Cursor(Epoch, 9),
            Results =
            [
                new ChangeResult { Seq = 1, Outcome = Outcome.Applied, Rev = 8 },
                new ChangeResult { Seq = 2, Outcome = Outcome.Merged, Rev = 9, Record = new RecordInEffect { Rev = 9, Value = value, At = "t", By = "c1" } },
                new ChangeResult { Seq = 3, Outcome = Outcome.Duplicate, Original = Outcome.Superseded, Rev = 7, Record = new RecordInEffect { Rev = 7 } },
                new ChangeResult { Seq = 4, Outcome = Outcome.Rejected, Pointer = "/changes/3/key", Reason = "not-a-key", Detail = "No." },
                new ChangeResult { Seq = 5, Outcome = Outcome.Poisoned, PoisonId = "p1" },
                new ChangeResult { Seq = 6, Outcome = Outcome.Conflict, ConflictId = "k1" },
            ],
        };

        var context = await HttpFixture.ExecuteAsync(Result(answer));

        var json = HttpFixture.Json(context);
        Assert.Equal(200, context.Response.StatusCode);
        Assert.False(context.Response.Headers.ContainsKey("Location"));
        Assert.Equal((name, new Cursor(Epoch, 9).ToString(), Epoch), (Text(json, "status"), Text(json, "cursor"), Text(json, "epoch")));
        Assert.Equal(
            [
                """{"seq":1,"outcome":"applied","rev":8}""",
                """{"seq":2,"outcome":"merged","rev":9,"value":{"$date":5},"at":"t","by":"c1"}""",
                """{"seq":3,"outcome":"duplicate","original":"superseded","rev":7,"deleted":true}""",
                """{"seq":4,"outcome":"rejected","rev":0,"pointer":"/changes/3/key","reason":"not-a-key","detail":"No."}""",
                """{"seq":5,"outcome":"poisoned","rev":0,"poisonId":"p1"}""",
                """{"seq":6,"outcome":"conflict","rev":0,"conflictId":"k1"}""",
            ],
            json.GetProperty("results").EnumerateArray().Select(result => result.GetRawText()));
    }

    [Fact]
    public void Names_EveryValue_HasOne()
    {
        Assert.All(Enum.GetValues<Outcome>(), outcome => Assert.Equal(outcome.ToString().ToLowerInvariant(), WireNames.Of(outcome)));
        Assert.All(Enum.GetValues<BatchStatus>(), status => Assert.Equal(status.ToString().ToLowerInvariant(), WireNames.Of(status)));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("gzip", true)]
    [InlineData("br, GZIP;q=0.5", true)]
    [InlineData("*", true)]
    [InlineData("gzip;q=0, *", false)]
    [InlineData("br", false)]
    [InlineData("((", false)]
    public async Task Execute_LargeAnswer_IsGzippedForWhoTakesIt(string? accepted, bool gzipped)
    {
        var context = HttpFixture.Context();
        context.Request.Headers.AcceptEncoding = accepted;

        await HttpFixture.ExecuteAsync(Result(Large(1000)), context);

        var body = HttpFixture.Body(context);
        Assert.Equal(gzipped ? "gzip" : "", context.Response.Headers.ContentEncoding.ToString());
        Assert.Equal("Accept-Encoding", context.Response.Headers.Vary);
        Assert.Null(context.Response.ContentLength);
        var json = JsonDocument.Parse(Encoding.UTF8.GetString(gzipped ? HttpFixture.Gunzip(body) : body)).RootElement;
        Assert.Equal(1000, json.GetProperty("results").GetArrayLength());
    }

    [Fact]
    public async Task Execute_SmallAnswer_IsNotGzipped()
    {
        var context = HttpFixture.Context();
        context.Request.Headers.AcceptEncoding = "gzip";

        await HttpFixture.ExecuteAsync(Result(Large(3)), context);

        Assert.Equal("", context.Response.Headers.ContentEncoding.ToString());
        Assert.Equal(HttpFixture.Body(context).Length, context.Response.ContentLength);
    }

    private static BatchAnswer Large(int results) => new()
    {
        BatchId = "b1",
        Status = BatchStatus.Applied,
        Results = [.. Enumerable.Range(1, results).Select(seq => new ChangeResult { Seq = seq, Outcome = Outcome.Applied, Rev = seq, Detail = new string('x', 50) })],
    };

    private static BatchAnswerResult Result(BatchAnswer answer, PreferHeader? prefer = null) =>
        new(answer) { Dataset = "d", ClientId = "c1", Now = Now, Prefer = prefer };

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
