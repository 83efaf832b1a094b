using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;
using MyriadSync.Contracts.Wire;

namespace MyriadSync.UnitTests.Contracts.Wire;

public sealed class ParkedCodecTests
{
    private static readonly SyncLimits Limits = new();

    [Fact]
    public void Read_WhatWasWritten_GivesTheSameChanges()
    {
        var batch = Batch("""
            { "seq": 5, "store": "s", "key": ["k", 1], "op": "patch", "set": { "/a": { "$date": 1763899200000 } }, "unset": ["/b"], "inc": { "/n": 2 }, "add": { "/t": ["x"] }, "base": 3, "at": "0199c0ffee000000c1" },
            { "seq": 6, "store": "s", "key": ["k", 1], "op": "put", "value": { "z": 1.0, "a": "\u00e9" }, "at": "0199c0ffee010000c1" },
            { "seq": 7, "store": "s", "key": ["k", 1], "op": "delete", "base": 3, "at": "0199c0ffee020000c1" }
            """);
        Assert.All(batch.Changes, change => Assert.Null(change.Refusal));
        var item = new ParkedItem
        {
            SchemaVersion = 2,
            ClientId = "c1",
            Changes = [batch.Changes[0] with { Keep = ["/later", "/a~1b"] }, .. batch.Changes.Skip(1)],
            Theirs = new RecordInEffect { Rev = 9, Value = RecordValue.Empty.With("x", "1"u8.ToArray()), At = "0199c0ffee000000c2", By = "c2" },
        };

        var read = ParkedCodec.Read(ParkedCodec.Write(item), Limits);

        Assert.Equal((2, "c1", item.Theirs), (read.SchemaVersion, read.ClientId, read.Theirs));
        Assert.Equal([["/later", "/a~1b"], [], []], read.Changes.Select(change => change.Keep));
        Assert.Equal(batch.Changes.Select(Text), read.Changes.Select(Text));
        Assert.Equal(batch.Changes.Select(change => Convert.ToHexString(change.Digest.Span)), read.Changes.Select(change => Convert.ToHexString(change.Digest.Span)));
    }

    [Fact]
    public void Read_NamesThatUnicodeCannotWrite_AreTheSame()
    {
        var batch = Batch("""
            { "seq": 5, "store": "s", "key": 1, "op": "patch", "set": { "/a\ud800": 1 }, "unset": ["/b\ud800"], "inc": { "/c\ud800": 1 }, "add": { "/d\ud800": ["\ud800"] }, "remove": { "/e\ud800": [1, 2] }, "at": "0199c0ffee000000c1" }
            """);
        Assert.Null(batch.Changes[0].Refusal);

        var read = ParkedCodec.Read(ParkedCodec.Write(new ParkedItem { SchemaVersion = 1, ClientId = "c1", Changes = batch.Changes }), Limits);

        Assert.Null(read.Changes[0].Refusal);
        Assert.Equal(Convert.ToHexString(batch.Changes[0].Digest.Span), Convert.ToHexString(read.Changes[0].Digest.Span));
    }

    [Fact]
    public void Read_ValueAsDeepAsTheWireAllows_IsNoTrouble()
    {
        var deep = new StringBuilder().Insert(0, "[", Limits.ValueDepth - 1).Append(']', Limits.ValueDepth - 1);
        var batch = Batch($$"""{ "seq": 1, "store": "s", "key": 1, "op": "put", "value": { "a": {{deep}} }, "at": "0199c0ffee000000c1" }""");
        Assert.Null(batch.Changes[0].Refusal);

        var read = ParkedCodec.Read(ParkedCodec.Write(new ParkedItem { SchemaVersion = 1, ClientId = "c1", Changes = batch.Changes }), Limits);

        Assert.Equal(batch.Changes[0].Value, read.Changes[0].Value);
    }

    [Fact]
    public void Read_NewerFormat_IsRefusedByName()
    {
        var newer = """{"v":2}"""u8.ToArray();

        Assert.Throws<NewerFormatException>(() => ParkedCodec.Read(newer, Limits));
    }

    private static string Text(Change change) => JsonNode.Parse(ChangeWriter.Write(change))!.ToJsonString();

    private static Batch Batch(string changes)
    {
        var reading = BatchReader.Read(Encoding.UTF8.GetBytes($$"""{ "schemaVersion": 1, "clientId": "c1", "batchId": "b", "changes": [ {{changes}} ] }"""), Limits);
        return Assert.IsType<Batch>(reading.Batch);
    }
}
