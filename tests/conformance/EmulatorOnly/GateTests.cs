using System.Net;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.ConformanceTests.EmulatorOnly;

public sealed class GateTests
{
    [Fact]
    public async Task Gate_BeforeEffect_HoldsUntilLetGo()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        using var gate = emulator.Host.Faults.Gate("PUT", "^/t/x$");

        var put = emulator.PutAsync(("r", "d:a", 1, "1"));
        var held = await gate.NextAsync(TestContext.Current.CancellationToken);
        var whileHeld = emulator.Host.Cells.Row("t", "r");
        held.Continue();
        await put;

        Assert.Equal(("PUT", "/t/x"), (held.Method, held.Target));
        Assert.Null(whileHeld);
        Assert.Equal("r d:a@1=1", await emulator.ReadAsync("r"));
        await held.Done;
    }

    [Fact]
    public async Task Gate_AfterEffect_HoldsTheReplyOnly()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        using var gate = emulator.Host.Faults.Gate("PUT", null, GateStage.AfterEffect);

        var put = emulator.PutAsync(("r", "d:a", 1, "1"));
        var held = await gate.NextAsync(TestContext.Current.CancellationToken);
        var whileHeld = emulator.Host.Cells.Row("t", "r");
        var answered = put.IsCompleted;
        held.Continue();
        await put;

        Assert.NotNull(whileHeld);
        Assert.False(answered);
    }

    [Theory]
    [InlineData(GateStage.BeforeEffect)]
    [InlineData(GateStage.AfterEffect)]
    public async Task Gate_ReplyDropped_EffectIsThereAndTheClientDoesNotKnow(GateStage stage)
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        using var gate = emulator.Host.Faults.Gate("PUT", "/t/x", stage);

        var put = emulator.PutAsync(("r", "d:a", 1, "1"));
        var held = await gate.NextAsync(TestContext.Current.CancellationToken);
        held.DropReply();

        await Assert.ThrowsAsync<HttpRequestException>(() => put);
        await held.Done;
        Assert.Equal("r d:a@1=1", await emulator.ReadAsync("r"));
    }

    [Fact]
    public async Task Gate_Refused_AnswersTheErrorAndDoesNothing()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        using var gate = emulator.Host.Faults.Gate("DELETE", null);
        await emulator.PutAsync(("r", "d:a", 1, "1"));

        var delete = emulator.Client.DeleteAsync("/t/r/d/5");
        (await gate.NextAsync(TestContext.Current.CancellationToken)).Refuse(503, "not now");

        (await delete).Expect(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("r d:a@1=1", await emulator.ReadAsync("r"));
    }

    [Fact]
    public async Task Gate_TwoRequests_GoOnInTheOrderOfTheTest()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        using var gate = emulator.Host.Faults.Gate("PUT", null);
        var first = emulator.PutAsync(("r", "d:a", 7, "first"));
        var heldFirst = await gate.NextAsync(TestContext.Current.CancellationToken);
        var second = emulator.PutAsync(("r", "d:a", 7, "second"));
        var heldSecond = await gate.NextAsync(TestContext.Current.CancellationToken);

        heldSecond.Continue();
        await second;
        heldFirst.Continue();
        await first;

        Assert.Equal("r d:a@7=first", await emulator.ReadAsync("r"));
    }

    [Fact]
    public async Task Gate_Disposed_LetsEverythingGoAndHoldsNoMore()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        var gate = emulator.Host.Faults.Gate(null, "/version");
        var held = emulator.Client.GetAsync("/version");
        await gate.NextAsync(TestContext.Current.CancellationToken);

        gate.Dispose();

        (await held).Expect(HttpStatusCode.OK);
        (await emulator.Client.GetAsync("/version")).Expect(HttpStatusCode.OK);
    }
}
