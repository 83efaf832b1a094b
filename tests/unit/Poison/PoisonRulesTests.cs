using MyriadSync.Poison;

namespace MyriadSync.UnitTests.Poison;

public sealed class PoisonRulesTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Then.AddHours(1);

    [Theory]
    [InlineData(PoisonKinds.Change)]
    [InlineData(PoisonKinds.Row)]
    [InlineData(PoisonKinds.Message)]
    public void Take_SentTwice_ChangesNothing(string kind)
    {
        var entry = PoisonRules.Take(null, Item(kind), Then);

        Assert.Equal((PoisonState.Open, 1), (entry!.State, entry.Attempts));
        Assert.Null(PoisonRules.Take(entry, Item(kind), Now));
    }

    [Theory]
    [InlineData(PoisonKinds.Change)]
    [InlineData(PoisonKinds.Row)]
    public void Take_LateCopyOfWhatIsSettled_ChangesNothing(string kind)
    {
        var redriven = PoisonRules.Take(null, Item(kind), Then)!.Redriven("olga", "", Now);

        Assert.Null(PoisonRules.Take(redriven, Item(kind), Now));
        Assert.Null(PoisonRules.Take(redriven with { State = PoisonState.Discarded }, Item(kind), Now));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void Take_HeldRecordRefusedInANewerState_CountsRedrivesOnly(bool redriven, int attempts)
    {
        var entry = PoisonRules.Take(null, Item(PoisonKinds.Held, seq: 2), Then)!;

        var next = PoisonRules.Take(entry, Item(PoisonKinds.Held, seq: 3) with { Redriven = redriven, Reason = "newer" }, Now)!;

        Assert.Equal((attempts, "newer", 3, Then, Now), (next.Attempts, next.Item.Reason, next.Item.Seq, next.FirstSeen, next.LastSeen));
        Assert.Null(PoisonRules.Take(next, Item(PoisonKinds.Held, seq: 3) with { Redriven = redriven }, Now));
        Assert.Null(PoisonRules.Take(next, Item(PoisonKinds.Held, seq: 2), Now));
    }

    [Fact]
    public void Take_HeldRecordReleased_ClosesTheEntryInWhicheverOrderTheMessagesCome()
    {
        var held = Item(PoisonKinds.Held, seq: 2);
        var released = held with { Released = true, By = "olga" };

        var inOrder = PoisonRules.Take(PoisonRules.Take(null, held, Then), released, Now)!;
        var outOfOrder = PoisonRules.Take(null, released, Now)!;

        Assert.All([inOrder, outOfOrder], entry => Assert.Equal((PoisonState.Redriven, "olga"), (entry.State, entry.By)));
        Assert.Null(PoisonRules.Take(outOfOrder, held, Now));
        Assert.Null(PoisonRules.Take(inOrder, released, Now));
    }

    [Fact]
    public void Take_DiscardedHeldRecordReleased_StaysDiscarded()
    {
        var discarded = PoisonRules.Take(null, Item(PoisonKinds.Held, seq: 2), Then)! with { State = PoisonState.Discarded };

        Assert.Null(PoisonRules.Take(discarded, Item(PoisonKinds.Held, seq: 2) with { Released = true }, Now));
    }

    [Fact]
    public void Take_MessageThatFailsAfterItsRedrive_IsOpenAgainWithOneMoreAttempt()
    {
        var redriven = PoisonRules.Take(null, Item(PoisonKinds.Message), Then)!.Redriven("olga", "sent", Then);

        var next = PoisonRules.Take(redriven, Item(PoisonKinds.Message), Now)!;

        Assert.Equal((PoisonState.Open, 2, "", Then), (next.State, next.Attempts, next.By, next.FirstSeen));
        Assert.Null(next.SettledAt);
    }

    private static PoisonItem Item(string kind, long seq = 1) =>
        new() { PoisonId = "p", Kind = kind, Dataset = "d", Seq = seq, Reason = "reason", Payload = "blob" };
}
