using System.Diagnostics;
using System.Net;
using MyriadSync.ConformanceTests.Gateways;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.ConformanceTests.EmulatorOnly;

public sealed class FaultTests
{
    private const string ReadRow = "/t/r";

    [Fact]
    public async Task Answer_MatchingRequests_GetItAndTheOthersDoNot()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        await emulator.PutAsync(("r", "d:a", 1, "1"));
        emulator.Host.Faults.Add(new FaultRule { Action = FaultAction.Answer, Method = "GET", Path = "/t/r", Status = 502, Body = "bad gateway" });

        var hit = await emulator.Client.GetAsync(ReadRow);
        var missed = await emulator.Client.GetAsync("/t/multiget?row=r");

        hit.Expect(HttpStatusCode.BadGateway);
        Assert.Equal("bad gateway", hit.Body);
        missed.Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Answer_SkipEveryTimes_HitsExactlyThose()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        emulator.Host.Faults.Add(new FaultRule { Action = FaultAction.Answer, Skip = 1, Every = 2, Times = 2 });

        var statuses = new List<int>();
        for (var i = 0; i < 8; i++)
            statuses.Add((int)(await emulator.Client.GetAsync("/version")).Status);

        Assert.Equal([200, 200, 503, 200, 503, 200, 200, 200], statuses);
    }

    [Theory]
    [InlineData(FaultAction.Reset, false)]
    [InlineData(FaultAction.DropReply, true)]
    public async Task Connection_Reset_LosesTheReplyWithOrWithoutTheEffect(FaultAction action, bool hasEffect)
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        emulator.Host.Faults.Add(new FaultRule { Action = action, Method = "PUT", Times = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.PutAsync(("r", "d:a", 1, "1")));

        Assert.Equal(hasEffect ? "r d:a@1=1" : "", await emulator.ReadAsync("r"));
    }

    [Theory]
    [InlineData(FaultAction.Hang, false)]
    [InlineData(FaultAction.HangAfterEffect, true)]
    public async Task Hang_FaultsCleared_EndsWithOrWithoutTheEffect(FaultAction action, bool hasEffect)
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        using var gate = emulator.Host.Faults.Gate("PUT", "/t/x");
        emulator.Host.Faults.Add(new FaultRule { Action = action, Method = "PUT" });
        var put = emulator.PutAsync(("r", "d:a", 1, "1"));
        (await gate.NextAsync(TestContext.Current.CancellationToken)).Continue();

        await UntilAsync(() => emulator.Host.Cells.Row("t", "r") is not null == hasEffect);
        Assert.False(put.IsCompleted);
        emulator.Host.Faults.Reset();

        await Assert.ThrowsAsync<HttpRequestException>(() => put);
        Assert.Equal(hasEffect ? "r d:a@1=1" : "", await emulator.ReadAsync("r"));
    }

    [Theory]
    [InlineData("/t/multiget?row=r")]
    [InlineData("/t/*?startrow=r&limit=5")]
    [InlineData("/status/cluster")]
    public async Task CutReply_AnswerWithBody_StartsAndIsNeverWhole(string path)
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        await emulator.PutAsync(("r", "d:a", 1, "1"));
        emulator.Host.Faults.Add(new FaultRule { Action = FaultAction.CutReply, Method = "GET" });
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Accept", "application/json");

        using var begun = await client.GetAsync(emulator.Client.Url(path), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => begun.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CutReply_WriteOrScheduler_IsDoneAndTheAnswerLost()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        emulator.Host.Faults.Add(new FaultRule { Action = FaultAction.CutReply, Times = 2 });

        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.PutAsync(("r", "d:a", 1, "1")));
        await Assert.ThrowsAnyAsync<Exception>(() => emulator.Scheduler.GetAsync("/api/state"));

        Assert.Equal("r d:a@1=1", await emulator.ReadAsync("r"));
    }

    [Fact]
    public async Task PartialWrite_BulkPut_StoresTheFirstHalfAndFails()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        emulator.Host.Faults.Add(new FaultRule { Action = FaultAction.PartialWrite, Times = 2 });

        var write = await emulator.Client.PutAsync("/t/x", Json.Rows(("a", "d:a", 1, "1"), ("b", "d:a", 1, "1"), ("c", "d:a", 1, "1")));
        var delete = await emulator.Client.DeleteAsync("/t/a");

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable], [write.Status, delete.Status]);
        Assert.Equal(["a"], emulator.Host.Cells.Rows("t").Select(row => row.Key));
    }

    [Fact]
    public async Task Delay_ClientGone_WriteLandsAllTheSame()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        emulator.Host.Faults.Add(new FaultRule { Action = FaultAction.Delay, DelayMs = 300, Method = "PUT" });
        using var gate = emulator.Host.Faults.Gate("PUT", null);
        using var http = new HttpClient();
        using var leaves = new CancellationTokenSource();
        using var body = new StringContent(Json.Rows(("r", "d:a", 1, "1")), System.Text.Encoding.UTF8, "application/json");

        var put = http.PutAsync(emulator.Client.Url("/t/x"), body, leaves.Token);
        var held = await gate.NextAsync(TestContext.Current.CancellationToken);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => put);
        held.Continue();

        await UntilAsync(() => emulator.Host.Cells.Row("t", "r") is not null);
    }

    [Fact]
    public async Task Delay_Request_TakesThatLong()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        emulator.Host.Faults.Add(new FaultRule { Action = FaultAction.Delay, DelayMs = 120 });
        var watch = Stopwatch.StartNew();

        (await emulator.Client.GetAsync("/version")).Expect(HttpStatusCode.OK);

        Assert.True(watch.ElapsedMilliseconds >= 100, $"{watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task Unreachable_OneSide_ResetsThatAndLeavesTheOther()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        emulator.Host.Faults.Current = new FaultSet { HBaseUnreachable = true };

        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Client.GetAsync("/version"));
        (await emulator.Scheduler.GetAsync("/api/state")).Expect(HttpStatusCode.OK);
        emulator.Host.Faults.Current = new FaultSet { SchedulerUnreachable = true };

        (await emulator.Client.GetAsync("/version")).Expect(HttpStatusCode.OK);
        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Scheduler.GetAsync("/api/state"));
    }

    [Fact]
    public async Task ClusterDown_RowThatIsThere_IsSlowlyDenied()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        await emulator.PutAsync(("r", "d:a", 1, "1"));
        emulator.Host.Faults.Current = new FaultSet { ClusterDownAfterMs = 100 };
        var watch = Stopwatch.StartNew();

        var row = await emulator.Client.GetAsync(ReadRow);
        var elapsed = watch.ElapsedMilliseconds;
        var version = await emulator.Client.GetAsync("/version");
        var status = await emulator.Client.GetAsync("/status/cluster");
        var exists = await emulator.Client.GetAsync("/t/exists");
        using var gate = emulator.Host.Faults.Gate("PUT", null);
        var hanging = emulator.PutAsync(("r", "d:a", 2, "2"));
        (await gate.NextAsync(TestContext.Current.CancellationToken)).Continue();

        row.Expect(HttpStatusCode.NotFound);
        Assert.Equal("Not found\r\n", row.Body);
        Assert.True(elapsed >= 90, $"{elapsed} ms");
        version.Expect(HttpStatusCode.OK);
        status.Expect(HttpStatusCode.ServiceUnavailable);
        exists.Expect(HttpStatusCode.ServiceUnavailable);
        Assert.False(hanging.IsCompleted);
        emulator.Host.Faults.Reset();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
        Assert.Equal("r d:a@1=1", await emulator.ReadAsync("r"));
    }

    [Fact]
    public async Task RefusedRows_OneInABulkWrite_RefusesTheWholeAndStoresNothing()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        emulator.Host.Faults.Current = new FaultSet { RefusedRows = ["^bad"] };

        var reply = await emulator.Client.PutAsync("/t/x", Json.Rows(("good", "d:a", 1, "1"), ("bad-1", "d:a", 1, "1")));

        reply.Expect(HttpStatusCode.BadRequest);
        Assert.Contains("KeyValue size too large", reply.Body, StringComparison.Ordinal);
        Assert.Empty(emulator.Host.Cells.Rows("t"));
        await emulator.PutAsync(("good", "d:a", 1, "1"));
    }

    [Fact]
    public async Task ClockSkew_CellsWithoutTimestamp_GetTheSkewedTime()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        emulator.Host.Faults.Current = new FaultSet { ClockSkewMs = 3_600_000 };

        await emulator.PutAsync(("r", "d:a", null, "1"));

        var timestamp = (await emulator.Client.GetAsync(ReadRow)).Cells[0].Timestamp;
        Assert.InRange(timestamp - DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 3_590_000, 3_600_000);
    }

    /// <summary>Waits for what another thread does, without guessing how long that takes.</summary>
    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
