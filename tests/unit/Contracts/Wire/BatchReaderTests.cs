using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Wire;

namespace MyriadSync.UnitTests.Contracts.Wire;

public class BatchReaderTests
{
    [Fact]
    public void Read_WholeBatch_HasEveryMember()
    {
        const string json = $$"""
            { "schemaVersion": 3, "clientId": "c1", "batchId": "b-1", "epoch": "0123456789abcdef0123456789abcdef", "atomic": true,
              "changes": [
                { "seq": 41, "store": "todos", "key": "a1", "op": "put", "value": { "title": "milk" }, "base": 17, "at": "{{BatchText.At}}" },
                { "seq": 42, "store": "todos", "key": ["b", 2], "op": "patch", "set": { "/done": true }, "unset": ["/due"], "inc": { "/votes": 1 },
                  "add": { "/tags": ["x"] }, "remove": { "/tags": ["y"] }, "base": 18, "at": "{{BatchText.At}}" },
                { "seq": 43, "store": "todos", "key": 7, "op": "delete", "base": 3, "at": "{{BatchText.At}}" } ] }
            """;

        var batch = BatchText.ReadSound(json);

        Assert.Equal((3, "c1", "b-1", "0123456789abcdef0123456789abcdef", true), (batch.SchemaVersion, batch.ClientId, batch.BatchId, batch.Epoch, batch.Atomic));
        Assert.Equal([41, 42, 43], batch.Changes.Select(change => change.Seq));
        Assert.Equal([ChangeOp.Put, ChangeOp.Patch, ChangeOp.Delete], batch.Changes.Select(change => change.Op));
        Assert.Equal([17, 18, 3], batch.Changes.Select(change => change.Base));
        Assert.All(batch.Changes, change => Assert.Null(change.Refusal));
        Assert.Equal("""{"title":"milk"}""", Text(batch.Changes[0].Value!.Json));
        var patch = batch.Changes[1].Patch!;
        Assert.Equal(("/done", "true"), (patch.Set[0].Key, Text(patch.Set[0].Value)));
        Assert.Equal(["/due"], patch.Unset);
        Assert.Equal(("/votes", "1"), (patch.Inc[0].Key, Text(patch.Inc[0].Value)));
        Assert.Equal("\"x\"", Text(Assert.Single(patch.Add[0].Value)));
        Assert.Equal("\"y\"", Text(Assert.Single(patch.Remove[0].Value)));
        Assert.Matches("^[0-9a-f]{64}$", batch.BodyHash);
    }

    [Theory]
    [InlineData("", "not-json", "")]
    [InlineData("{", "not-json", "")]
    [InlineData("{} {}", "not-json", "")]
    [InlineData("nonsense", "not-json", "")]
    [InlineData("[]", "not-an-object", "")]
    [InlineData("7", "not-an-object", "")]
    [InlineData("""{"clientId":"c","batchId":"b","changes":[X]}""", "missing", "/schemaVersion")]
    [InlineData("""{"schemaVersion":1,"batchId":"b","changes":[X]}""", "missing", "/clientId")]
    [InlineData("""{"schemaVersion":1,"clientId":"c1","changes":[X]}""", "missing", "/batchId")]
    [InlineData("""{"schemaVersion":1,"clientId":"c1","batchId":"b"}""", "missing", "/changes")]
    [InlineData("""{"schemaVersion":1,"clientId":"c1","batchId":"b","changes":[]}""", "no-changes", "/changes")]
    [InlineData("""{"schemaVersion":1,"clientId":"c1","batchId":"b","changes":{}}""", "invalid", "/changes")]
    [InlineData("""{"schemaVersion":1,"clientId":"c1","batchId":"b","changes":[1]}""", "not-an-object", "/changes/0")]
    [InlineData("""{"schemaVersion":0,"clientId":"c1","batchId":"b","changes":[X]}""", "invalid", "/schemaVersion")]
    [InlineData("""{"schemaVersion":1.5,"clientId":"c1","batchId":"b","changes":[X]}""", "invalid", "/schemaVersion")]
    [InlineData("""{"schemaVersion":"1","clientId":"c1","batchId":"b","changes":[X]}""", "invalid", "/schemaVersion")]
    [InlineData("""{"schemaVersion":1,"clientId":"c 1","batchId":"b","changes":[X]}""", "invalid", "/clientId")]
    [InlineData("""{"schemaVersion":1,"clientId":"","batchId":"b","changes":[X]}""", "invalid", "/clientId")]
    [InlineData("""{"schemaVersion":1,"clientId":7,"batchId":"b","changes":[X]}""", "invalid", "/clientId")]
    [InlineData("""{"schemaVersion":1,"clientId":["c1"],"batchId":"b","changes":[X]}""", "invalid", "/clientId")]
    [InlineData("""{"schemaVersion":1,"clientId":"c1","batchId":"b/1","changes":[X]}""", "invalid", "/batchId")]
    [InlineData("""{"schemaVersion":1,"clientId":"c1","batchId":"b","epoch":5,"changes":[X]}""", "invalid", "/epoch")]
    [InlineData("""{"schemaVersion":1,"clientId":"c1","batchId":"b","epoch":"","changes":[X]}""", "invalid", "/epoch")]
    [InlineData("""{"schemaVersion":1,"clientId":"c1","batchId":"b","atomic":"yes","changes":[X]}""", "invalid", "/atomic")]
    [InlineData("""{"schemaVersion":1,"clientId":"c1","batchId":"b","atomic":null,"changes":[X]}""", "invalid", "/atomic")]
    [InlineData("""{"schemaVersion":1,"clientId":"c1","batchId":"b","atomc":true,"changes":[X]}""", "unknown-member", "/atomc")]
    [InlineData("""{"schemaVersion":1,"clientId":"c1","batchId":"b","~x/":{"a":[1]},"changes":[X]}""", "unknown-member", "/~0x~1")]
    [InlineData("""{"schemaVersion":1,"schemaVersion":1,"clientId":"c1","batchId":"b","changes":[X]}""", "duplicate-name", "/schemaVersion")]
    [InlineData("""{"schemaVersion":1,"clientId":"c1","batchId":"b","changes":[X],"changes":[X]}""", "duplicate-name", "/changes")]
    public void Read_BrokenEnvelope_NamesPlaceAndReason(string json, string reason, string pointer)
    {
        var reading = BatchText.Read(json.Replace("X", BatchText.Put, StringComparison.Ordinal));

        Assert.Null(reading.Batch);
        Assert.Contains(reading.Errors, error => error.Reason == reason && error.Pointer == pointer);
    }

    [Theory]
    [InlineData("""{"store":"s","key":1,"op":"delete"}""", "missing", "/changes/0/seq")]
    [InlineData("""{"seq":0}""", "invalid", "/changes/0/seq")]
    [InlineData("""{"seq":-4}""", "invalid", "/changes/0/seq")]
    [InlineData("""{"seq":"1"}""", "invalid", "/changes/0/seq")]
    [InlineData("""{"seq":1.5}""", "invalid", "/changes/0/seq")]
    [InlineData("""{"seq":9007199254740992}""", "invalid", "/changes/0/seq")]
    [InlineData("""{"seq":1,"seq":1}""", "invalid", "/changes/0/seq")]
    [InlineData("""{"seq":null}""", "invalid", "/changes/0/seq")]
    [InlineData("""{"seq":{"a":1}}""", "invalid", "/changes/0/seq")]
    [InlineData("""{"seq":5},{"seq":5}""", "seq-order", "/changes/1/seq")]
    [InlineData("""{"seq":5},{"seq":7}""", "seq-order", "/changes/1/seq")]
    [InlineData("""{"seq":5},{"seq":4}""", "seq-order", "/changes/1/seq")]
    public void Read_BadSeq_IsAnErrorOfTheEnvelope(string changes, string reason, string pointer)
    {
        var reading = BatchText.Read(BatchText.Of(changes));

        Assert.Null(reading.Batch);
        var error = Assert.Single(reading.Errors);
        Assert.Equal((reason, pointer), (error.Reason, error.Pointer));
    }

    [Fact]
    public void Read_OneChangeTooMany_IsRefusedAndAtTheLimitIsNot()
    {
        var limits = new SyncLimits { BatchChanges = 3 };
        var changes = Enumerable.Range(1, 4).Select(seq => $$"""{"seq":{{seq}}}""").ToArray();

        var over = BatchText.Read(BatchText.Of(changes), limits);
        var full = BatchText.Read(BatchText.Of(changes[..3]), limits);

        Assert.Equal(("too-many-changes", "/changes"), (over.Errors[0].Reason, over.Errors[0].Pointer));
        Assert.Equal(3, full.Batch!.Changes.Count);
    }

    [Fact]
    public void Read_SeveralErrors_AllAreTold()
    {
        var reading = BatchText.Read("""{"schemaVersion":"x","clientId":"?","changes":[{"seq":1},{"seq":1}],"extra":1}""");

        Assert.Equal(["/schemaVersion", "/clientId", "/changes/1/seq", "/extra", "/batchId"], reading.Errors.Select(error => error.Pointer));
    }

    [Fact]
    public void Read_ChangesBeforeClientId_AreCheckedAgainstIt()
    {
        var json = $$"""{"changes":[{{BatchText.Put}}],"batchId":"b","schemaVersion":1,"clientId":"c2"}""";

        var change = Assert.Single(BatchText.ReadSound(json).Changes);

        Assert.Equal("at-of-another-client", change.Refusal!.Reason);
    }

    [Fact]
    public void Read_EscapedMemberNames_AreTheSameNames()
    {
        var json = BatchText.Of(BatchText.Put).Replace("\"batchId\"", "\"b\\u0061tchId\"", StringComparison.Ordinal);

        var batch = BatchText.ReadSound(json);

        Assert.Equal("b1", batch.BatchId);
    }

    [Fact]
    public void Read_InvalidUtf8_IsAnErrorOfTheEnvelope()
    {
        var bytes = Encoding.UTF8.GetBytes(BatchText.Of(BatchText.Put));
        bytes[bytes.AsSpan().IndexOf("milk"u8)] = 0xFF;

        var reading = BatchReader.Read(bytes, new SyncLimits());

        Assert.Equal("invalid-utf8", Assert.Single(reading.Errors).Reason);
    }

    [Fact]
    public void Read_SameBytesTwice_GivesTheSameHash()
    {
        var json = BatchText.Of(BatchText.Put, """{"seq":2,"op":"?"}""");

        var (first, second) = (BatchText.ReadSound(json), BatchText.ReadSound(json));

        Assert.Equal(first.BodyHash, second.BodyHash);
        Assert.Equal(first.Changes[1].Digest.ToArray(), second.Changes[1].Digest.ToArray());
    }

    [Theory]
    [InlineData("\"schemaVersion\":1", "\"schemaVersion\":2")]
    [InlineData("\"batchId\"", "\"atomic\":true,\"batchId\"")]
    [InlineData("milk", "silk")]
    public void BodyHash_AnotherBatch_IsAnother(string from, string to)
    {
        var json = BatchText.Of(BatchText.Put);

        var other = json.Replace(from, to, StringComparison.Ordinal);

        Assert.NotEqual(BatchText.ReadSound(json).BodyHash, BatchText.ReadSound(other).BodyHash);
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
