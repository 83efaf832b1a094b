using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.RxDb;

namespace MyriadSync.UnitTests.RxDb;

public sealed class RowPlannerTests
{
    private readonly RowPlanner _planner = new(StoreDefinition.Undeclared("todos"), "id", "ada");

    [Fact]
    public void Plan_AssumedIsCurrent_IsAPatchOnItsRev()
    {
        var plan = _planner.Plan(Row(Doc("milk"), Doc("oats")), State(17, Doc("milk")), []);

        Assert.Equal((RowVerdict.Push, 17L, ChangeOp.Patch), (plan.Verdict, plan.Base, plan.Change!.Op));
        Assert.Equal("/title", Assert.Single(plan.Change.Patch!.Set).Key);
    }

    [Fact]
    public void Plan_NewIsCurrent_IsDoneWhateverWasAssumed()
    {
        var plan = _planner.Plan(Row(Doc("long ago"), Doc("oats")), State(17, Doc("oats")), []);

        Assert.Equal(RowVerdict.Done, plan.Verdict);
    }

    [Fact]
    public void Plan_AssumedIsInThePast_StandsOnTheLatestRevThatWasSo()
    {
        var history = History((20, "rice", "bob"), (19, "milk", "bob"), (18, "rice", "bob"), (17, "milk", "ada"));

        var plan = _planner.Plan(Row(Doc("milk"), Doc("oats")), State(20, Doc("rice")), history);

        Assert.Equal((RowVerdict.Push, 19L), (plan.Verdict, plan.Base));
    }

    [Fact]
    public void Plan_AssumedIsOlderThanAllThatIsKnown_StandsJustBelowIt()
    {
        var plan = _planner.Plan(Row(Doc("milk"), Doc("oats")), State(20, Doc("rice")), History((20, "rice", "bob"), (15, "corn", "bob")));

        Assert.Equal((RowVerdict.Push, 14L), (plan.Verdict, plan.Base));
    }

    [Fact]
    public void Plan_SameEditOfTheSameUserIsInTheLog_IsNotMadeTwice()
    {
        var history = History((20, "rice", "bob"), (18, "oats", "ada"), (17, "milk", "ada"));

        var again = _planner.Plan(Row(Doc("milk"), Doc("oats")), State(20, Doc("rice")), history);
        var ofAnother = new RowPlanner(StoreDefinition.Undeclared("todos"), "id", "eve").Plan(Row(Doc("milk"), Doc("oats")), State(20, Doc("rice")), history);

        Assert.Equal((RowVerdict.Return, RowVerdict.Push), (again.Verdict, ofAnother.Verdict));
    }

    [Fact]
    public void Plan_InsertOverARecord_CountsAsOlder()
    {
        var plan = _planner.Plan(Row(null, Doc("as it was")), State(20, Doc("rice")), History((20, "rice", "bob")));

        Assert.Equal((RowVerdict.Push, true, ChangeOp.Put), (plan.Verdict, plan.Oldest, plan.Change!.Op));
        Assert.Null(plan.Base);
    }

    [Fact]
    public void Plan_InsertOfSomethingNew_DoesNotCountAsOlder()
    {
        var plan = _planner.Plan(Row(null, Doc("milk")), RecordState.Absent, []);

        Assert.Equal((RowVerdict.Push, false), (plan.Verdict, plan.Oldest));
    }

    [Fact]
    public void Plan_EditOfWhatIsGoneWithoutATrace_IsNoCreate()
    {
        var plan = _planner.Plan(Row(Doc("milk"), Doc("oats")), RecordState.Absent, []);

        Assert.NotNull(plan.Base);
    }

    [Fact]
    public void Plan_RevivalOfATombstone_IsAPutOnItsRev()
    {
        var plan = _planner.Plan(Row(Doc("milk"), Doc("oats")) with { Assumed = new RxState(Doc("whatever it was"), Deleted: true) }, State(20, null), []);

        Assert.Equal((RowVerdict.Push, 20L, ChangeOp.Put), (plan.Verdict, plan.Base, plan.Change!.Op));
    }

    [Fact]
    public void Plan_RecordWithoutItsKey_IsTheDocumentWithIt()
    {
        var plan = _planner.Plan(Row(Doc("milk"), Doc("oats")), State(17, Read("""{"title":"milk"}""")), []);

        Assert.Equal(17L, plan.Base);
    }

    private static RxRow Row(RecordValue? assumed, RecordValue now) =>
        new() { Id = "a", Assumed = assumed is null ? null : new RxState(assumed, Deleted: false), New = new RxState(now, Deleted: false) };

    private static RecordValue Doc(string title) => Read(new JsonObject { ["id"] = "a", ["title"] = title }.ToJsonString());

    private static RecordState State(long rev, RecordValue? value) => new() { Rev = rev, Value = value, Clocks = FieldClocks.None };

    private static List<KnownState> History(params (long Rev, string Title, string Sub)[] states) => [.. states.Select(state => new KnownState(state.Rev, Doc(state.Title), state.Sub))];

    private static RecordValue Read(string json) => RecordValue.FromCanonical(Encoding.UTF8.GetBytes(json));
}
