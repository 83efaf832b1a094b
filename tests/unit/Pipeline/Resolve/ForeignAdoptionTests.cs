using MyriadSync.Contracts;
using MyriadSync.Pipeline.Resolve;
using static MyriadSync.UnitTests.Pipeline.Resolve.Build;

namespace MyriadSync.UnitTests.Pipeline.Resolve;

public sealed class ForeignAdoptionTests
{
    private static readonly RecordState Foreign = State(18, """{"a":1,"b":2}""", at: 100, by: "c") with { Foreign = true, NewestCell = 700 };

    [Fact]
    public void Build_FieldsThatTheJobWroteAreKnown_OthersKeepTheirEditsClock()
    {
        var entry = ForeignAdoption.Build(new RecordId("s", Key("k")), Foreign with { NewerFields = ["b"] }, rev: 19, commitTs: 800);

        Assert.Equal(new FieldClock(800, At(100, "c").ToString(), 18), entry.Clocks["a"]);
        Assert.Equal(new FieldClock(700, At(700, "myriad").ToString(), 19), entry.Clocks["b"]);
    }

    [Fact]
    public void Build_FieldsThatTheJobWroteAreNotKnown_AllCountAsItsWork()
    {
        var entry = ForeignAdoption.Build(new RecordId("s", Key("k")), Foreign, rev: 19, commitTs: 800);

        Assert.All(["a", "b", "other"], field => Assert.Equal(19, entry.Clocks[field].Rev));
    }
}
