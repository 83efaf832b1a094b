using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Transform;
using MyriadSync.UnitTests.Pipeline.Resolve;

namespace MyriadSync.UnitTests.Pipeline.Transform;

public sealed class KeyPathRuleTests
{
    private static readonly KeyPath Id = new(["id"], IsCompound: false);
    private static readonly KeyPath Nested = new(["owner.id"], IsCompound: false);

    [Theory]
    [InlineData("""{"id":"k"}""", null)]
    [InlineData("""{"id":"l"}""", "/value/id")]
    [InlineData("""{"id":1}""", "/value/id")]
    [InlineData("""{"title":"t"}""", "/value/id")]
    [InlineData("\"k\"", "/value/id")]
    public void Check_Put_HoldsTheKeyItIsSentUnder(string value, string? pointer) =>
        Assert.Equal(pointer, Check(Id, Build.Put(value))?.Pointer);

    [Theory]
    [InlineData("""{"owner":{"id":"k"}}""", null)]
    [InlineData("""{"owner":{"id":"l"}}""", "/value/owner/id")]
    [InlineData("""{"owner":"k"}""", "/value/owner/id")]
    public void Check_PutOfANestedKey_IsFoundWhereItStands(string value, string? pointer) =>
        Assert.Equal(pointer, Check(Nested, Build.Put(value))?.Pointer);

    [Theory]
    [InlineData("""{"a":"x","b":2}""", null)]
    [InlineData("""{"a":"x","b":3}""", "/value/b")]
    [InlineData("""{"a":"x"}""", "/value/b")]
    public void Check_CompoundKey_EachPartIsCompared(string value, string? pointer)
    {
        var json = new System.Text.Json.Utf8JsonReader("[\"x\",2]"u8);
        json.Read();
        Assert.True(MyriadSync.Contracts.Keys.RecordKey.TryRead(ref json, out var key, out _));

        var refusal = Check(new KeyPath(["a", "b"], IsCompound: true), Build.Put(value) with { Key = key });

        Assert.Equal(pointer, refusal?.Pointer);
    }

    [Theory]
    [InlineData("/id", "\"k\"", null)]
    [InlineData("/id", "\"l\"", "/set/~1id")]
    [InlineData("/ideal", "\"l\"", null)]
    public void Check_PatchThatSetsTheKey_SetsItToWhatItIs(string at, string json, string? pointer) =>
        Assert.Equal(pointer, Check(Id, Build.Set(at, json))?.Pointer);

    [Theory]
    [InlineData("/owner", """{"id":"k","name":"n"}""", null)]
    [InlineData("/owner", """{"name":"n"}""", "/set/~1owner")]
    [InlineData("/owner/name", "\"n\"", null)]
    [InlineData("/owner/id/x", "1", "/set/~1owner~1id~1x")]
    public void Check_PatchAroundTheKey_KeepsIt(string at, string json, string? pointer) =>
        Assert.Equal(pointer, Check(Nested, Build.Set(at, json))?.Pointer);

    [Fact]
    public void Check_OtherVerbsOnTheKey_AreRefusedAndDeletesAreNot()
    {
        var adds = Build.Patch(new PatchBody { Add = [new("/id", [Encoding.UTF8.GetBytes("1")])] });

        Assert.Equal("/unset", Check(Id, Build.Unset("/id"))?.Pointer);
        Assert.Equal("/inc/~1id", Check(Id, Build.Inc("/id", 1))?.Pointer);
        Assert.Equal("/add/~1id", Check(Id, adds)?.Pointer);
        Assert.Null(Check(Id, Build.Delete()));
    }

    private static Refusal? Check(KeyPath keyPath, Change change) => KeyPathRule.Check(new StoreDefinition { Name = "s", KeyPath = keyPath }, change);
}
