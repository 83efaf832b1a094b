using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform.Migrations;
using MyriadSync.UnitTests.Pipeline.Resolve;

namespace MyriadSync.UnitTests.Pipeline.Transform.Migrations;

public sealed class StoreMigratorTests
{
    [Fact]
    public void Lift_RenamedSet_KeepsTheTagsOfItsElements()
    {
        var migrator = MigrationGen.Migrator(new StoreMigration { To = 2, Steps = [new RenameStep("/tags", "/labels")] });
        var clocks = new FieldClocks
        {
            Default = new FieldClock(5, "a", 3),
            Columns = new SortedDictionary<string, FieldClock> { ["tags"] = new(6, "b", 4) },
            Elements = new SortedDictionary<string, IReadOnlyDictionary<string, ElementTag>> { ["tags"] = new SortedDictionary<string, ElementTag> { ["\"x\""] = new([(4, "c")]) } },
        };

        var lifted = migrator.Lift("s", new RecordState { Rev = 4, Value = MigrationGen.Value("""{"tags":["x"]}"""), Clocks = clocks, SchemaVersion = 1 });

        Assert.Equal(["labels"], lifted.Clocks.Columns.Keys);
        Assert.Equal(["labels"], lifted.Clocks.Elements.Keys);
        Assert.Same(clocks.Elements["tags"], lifted.Clocks.Elements["labels"]);
    }

    [Fact]
    public void Lift_NameThatTheRecordHasAlready_TakesOverItsClocksAsItTakesOverItsValue()
    {
        var migrator = MigrationGen.Migrator(new StoreMigration { To = 2, Steps = [new RenameStep("/name", "/title")] });
        var clocks = new FieldClocks
        {
            Default = new FieldClock(5, "a", 3),
            Columns = new SortedDictionary<string, FieldClock> { ["name"] = new(6, "b", 4), ["title"] = new(7, "c", 5), ["title/old"] = new(7, "c", 5) },
        };

        var lifted = migrator.Lift("s", new RecordState { Rev = 5, Value = MigrationGen.Value("""{"name":"n","title":{"old":1}}"""), Clocks = clocks, SchemaVersion = 1 });

        Assert.Equal(MigrationGen.Value("""{"title":"n"}"""), lifted.Value);
        Assert.Equal(new FieldClock(6, "b", 4), Assert.Single(lifted.Clocks.Columns, clock => clock.Key == "title").Value);
        Assert.DoesNotContain("title/old", lifted.Clocks.Columns.Keys);
    }

    [Fact]
    public void Lift_OldNameThatIsGone_LeavesTheClocksOfTheFieldThatIsThere()
    {
        var migrator = MigrationGen.Migrator(new StoreMigration { To = 2, Steps = [new RenameStep("/name", "/title")] });
        var clocks = new FieldClocks { Default = new FieldClock(5, "a", 3), Columns = new SortedDictionary<string, FieldClock> { ["name"] = new(6, "b", 4), ["title"] = new(7, "c", 5) } };

        var lifted = migrator.Lift("s", new RecordState { Rev = 5, Value = MigrationGen.Value("""{"title":"t"}"""), Clocks = clocks, SchemaVersion = 1 });

        Assert.Equal(new KeyValuePair<string, FieldClock>("title", new(7, "c", 5)), Assert.Single(lifted.Clocks.Columns));
    }

    [Fact]
    public void Lift_PatchThatTheAppsCodeThrowsOn_IsRefusedAndTakesNoOtherWithIt()
    {
        var migrator = MigrationGen.Migrator(new Throwing(), new StoreMigration { To = 2, Steps = [new CodeStep("code")] });

        var lifted = migrator.Lift(Build.Set("/a", "1"), from: 1);

        Assert.Equal(("migration", ""), (lifted.Refusal?.Reason, lifted.Refusal?.Pointer));
    }

    [Fact]
    public void Lift_LargeValueSetAroundAStep_GoesThroughItAsASmallOneDoes()
    {
        var migrator = MigrationGen.Migrator(new StoreMigration { To = 2, Steps = [new RenameStep("/o/a", "/o/b")] });
        var large = new string('x', 300 * 1024);

        var lifted = migrator.Lift(Build.Set("/o", $$"""{"a":"{{large}}"}"""), from: 1);

        Assert.Equal($$"""{"b":"{{large}}"}""", Encoding.UTF8.GetString(Assert.Single(lifted.Patch!.Set).Value.Span));
    }

    private sealed class Throwing : IStoreMigration
    {
        public IReadOnlyList<string> Added => [];

        public RecordValue Lift(RecordValue value) => value;

        public RecordValue Lower(RecordValue value) => value;

        public PatchBody? Lift(PatchBody patch) => throw new InvalidOperationException();
    }
}
