using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.UnitTests.Pipeline.Resolve;

namespace MyriadSync.UnitTests.ChangeLog;

public sealed class OutcomesCodecTests
{
    [Fact]
    public void Decode_WhatEncodeWrote_IsTheSame()
    {
        var record = new RecordId("todos", Build.Key("a"));
        var first = new StoredOutcome { Seq = 4, Digest = new byte[] { 1 }, Outcome = Outcome.Conflict, Rev = 7, Record = record, Reason = "deleted", ConflictId = "c", Parked = "{}"u8.ToArray() };
        var second = first with { Seq = 5, Parked = null };

        var decoded = OutcomesCodec.Decode(OutcomesCodec.Encode([first, second]), 4);

        Assert.Equal([4, 5], decoded.Select(outcome => outcome.Seq));
        Assert.All(decoded, outcome => Assert.Equal((Outcome.Conflict, 7, record, "deleted", "c"), (outcome.Outcome, outcome.Rev, outcome.Record!.Value, outcome.Reason, outcome.ConflictId)));
        Assert.Equal("{}"u8, decoded[0].Parked!.Value.Span);
        Assert.Null(decoded[1].Parked);
    }
}
