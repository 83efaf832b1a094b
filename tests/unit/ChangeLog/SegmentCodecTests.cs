using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.UnitTests.Pipeline.Resolve;

namespace MyriadSync.UnitTests.ChangeLog;

public sealed class SegmentCodecTests
{
    private const long CommitTs = 1_700_000_000_000;

    [Fact]
    public void Decode_WhatEncodeWrote_IsTheSame()
    {
        var put = new LogEntry
        {
            Rev = 7,
            Store = "todos",
            Key = Build.Key("a1"),
            Value = Build.Value("""{"$object":{"$x":1,"deep":{"a":[1,2,{"$date":5}]},"s":"\ud800"}}"""),
            Changed = ["s"],
            Removed = ["old", "~"],
            At = Build.At(5).ToString(),
            By = "a",
            Cause = "restore",
            Judged = 950,
            Clocks = new FieldClocks { Default = new FieldClock(3, "x") }.With(["s"], new FieldClock(CommitTs, Build.At(5).ToString())),
        };
        var tombstone = put with { Rev = 8, Value = null, Changed = null, Removed = [], By = "myriad", Cause = null, Clocks = new FieldClocks { Default = new FieldClock(CommitTs, put.At) } };

        var decoded = SegmentCodec.Decode(SegmentCodec.Encode([put, tombstone], 0, 2, CommitTs, "a"), 7, 2, CommitTs, "a");

        AssertSame(put, decoded[0]);
        AssertSame(tombstone, decoded[1]);
        Assert.Equal(put.Value!.Fields.Select(field => field.Name), decoded[0].Value!.Fields.Select(field => field.Name));
    }

    [Fact]
    public void Decode_DamagedPayload_IsRefused()
    {
        var entry = new LogEntry { Rev = 1, Store = "s", Key = Build.Key("a"), Value = Build.Value("{}"), At = "x", By = "a", Clocks = FieldClocks.None };
        var payload = SegmentCodec.Encode([entry], 0, 1, CommitTs, "a");

        Assert.Throws<InvalidDataException>(() => SegmentCodec.Decode(payload.AsMemory(0, payload.Length / 2), 1, 1, CommitTs, "a"));
        Assert.Throws<InvalidDataException>(() => SegmentCodec.Decode(payload, 1, 2, CommitTs, "a"));
    }

    private static void AssertSame(LogEntry expected, LogEntry actual)
    {
        Assert.Equal(
            (expected.Rev, expected.Store, expected.Key, expected.Value, expected.At, expected.By, expected.Cause, expected.Judged, expected.Clocks.Default),
            (actual.Rev, actual.Store, actual.Key, actual.Value, actual.At, actual.By, actual.Cause, actual.Judged, actual.Clocks.Default));
        Assert.Equal(expected.Changed, actual.Changed);
        Assert.Equal(expected.Removed, actual.Removed);
        Assert.Equal(expected.Clocks.Columns, actual.Clocks.Columns);
    }
}
