using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

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
}
