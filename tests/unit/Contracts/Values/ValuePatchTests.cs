using System.Globalization;
using System.Numerics;
using CsCheck;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.UnitTests.Contracts.Values;

public sealed class ValuePatchTests
{
    private static readonly Gen<string> Pointer = Gen.OneOf("/a", "/b/c", "/$d", "/a~1b/~0", "/x/$y/z", "/");

    public static IEnumerable<TheoryDataRow<PatchCase>> Cases =>
        from golden in GoldenFile.Cases("patches.json")
        select new TheoryDataRow<PatchCase>(new PatchCase(
            golden.Text("value")!, golden.Text("verb")!, golden.Text("pointer")!, golden.Text("argument"),
            golden.Text("result"), golden.Text("reason"), golden.Text("at"),
            new ValueLimits { MaxDepth = golden.Number("maxDepth", 64), MaxBytes = golden.Number("maxBytes", 256 * 1024) }))
        {
            TestDisplayName = golden.Text("name"),
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void TryApply_GoldenPatch_GivesTheResultOrTheRefusal(PatchCase golden)
    {
        var value = WireDocument.Value(golden.Value);

        var applied = ValuePatch.TryApply(value, golden.ToBody(), golden.Limits, out var result, out var refusal);

        Assert.Equal(golden.Result, applied ? WireDocument.Text(result!.Json) : null);
        Assert.Equal((golden.Reason, golden.At), (refusal?.Reason, refusal?.Pointer));
        Assert.Equal(golden.Value, WireDocument.Text(value.Json));
    }

    [Fact]
    public void TryApply_AllVerbs_GoInOrder()
    {
        var patch = new PatchBody
        {
            Set = [new("/title", Json("\"x\""))],
            Unset = ["/due"],
            Inc = [new("/votes", Json("2"))],
            Add = [new("/tags", [Json("\"b\"")])],
            Remove = [new("/seen", [Json("1")])],
        };

        var applied = ValuePatch.TryApply(
            WireDocument.Value("""{"due":1,"seen":[1,2],"tags":["a"],"votes":1}"""), patch, ValueLimits.Default, out var result, out _);

        Assert.True(applied);
        Assert.Equal("""{"seen":[2],"tags":["a","b"],"title":"x","votes":3}""", WireDocument.Text(result!.Json));
    }

    [Fact]
    public void Set_LoneSurrogateInThePointer_IsAName()
    {
        var patch = new ValuePatch(RecordValue.Empty, ValueLimits.Default);

        Assert.Null(patch.Set("/\ud800", Json("1")));

        Assert.Equal("""{"\ud800":1}""", WireDocument.Text(Build(patch).Json));
    }

    [Fact]
    public void Set_ThenUnset_GivesTheValueBack()
    {
        Property.Holds(Gen.Select(ModelValue.AnyObject, Pointer, ModelValue.Any), drawn =>
        {
            // The parents exist, the member does not: what set creates besides, unset leaves.
            var value = Clear(WireDocument.Value(drawn.Item1.ToJson(0)), drawn.Item2);
            var patch = new ValuePatch(value, ValueLimits.Default);

            Assert.Null(patch.Set(drawn.Item2, Json(drawn.Item3.ToJson(0))));
            Assert.Null(patch.Unset(drawn.Item2));

            Assert.Equal(WireDocument.Text(value.Json), WireDocument.Text(Build(patch).Json));
        });
    }

    [Fact]
    public void Set_AnyValueTwice_IsTheSameAsOnce()
    {
        Property.Holds(Gen.Select(ModelValue.AnyObject, Pointer, ModelValue.Any), drawn =>
        {
            var patch = new ValuePatch(Clear(WireDocument.Value(drawn.Item1.ToJson(0)), drawn.Item2), ValueLimits.Default);

            patch.Set(drawn.Item2, Json(drawn.Item3.ToJson(0)));
            var once = Build(patch);
            patch.Set(drawn.Item2, Json(drawn.Item3.ToJson(1)));

            Assert.Equal(once, Build(patch));
            Assert.Equal(once, WireDocument.Value(WireDocument.Text(once.Json)));
        });
    }

    [Fact]
    public void Add_AnyElements_IsIdempotentAndRemoveUndoesIt()
    {
        Property.Holds(Gen.Select(ModelValue.Any.Array[0, 4], Gen.OneOf("""{"s":[]}""", """{"s":{"$set":[]}}""")), drawn =>
        {
            ReadOnlyMemory<byte>[] elements = [.. drawn.Item1.Select(element => Json(element.ToJson(0)))];
            var patch = new ValuePatch(WireDocument.Value(drawn.Item2), ValueLimits.Default);

            Assert.Null(patch.Add("/s", elements));
            var once = Build(patch);
            Assert.Null(patch.Add("/s", elements));
            Assert.Equal(once, Build(patch));
            Assert.Null(patch.Remove("/s", elements));

            Assert.Equal(drawn.Item2, WireDocument.Text(Build(patch).Json));
            Assert.Equal(once, WireDocument.Value(WireDocument.Text(once.Json)));
        });
    }

    [Fact]
    public void Add_ElementThatWasRemoved_IsThereAgain()
    {
        var patch = new ValuePatch(WireDocument.Value("""{"s":[1,2]}"""), ValueLimits.Default);

        Assert.Null(patch.Remove("/s", [Json("1")]));
        Assert.Null(patch.Add("/s", [Json("1")]));

        Assert.Equal("""{"s":[2,1]}""", WireDocument.Text(Build(patch).Json));
    }

    [Fact]
    public void Increment_AnyIntegers_AddUpExactlyInAnyOrder()
    {
        Property.Holds(Gen.Long[-1000000000000, 1000000000000].Array[1, 10], deltas =>
        {
            var (forward, backward) = (new ValuePatch(RecordValue.Empty, ValueLimits.Default), new ValuePatch(RecordValue.Empty, ValueLimits.Default));

            foreach (var delta in deltas) Assert.Null(forward.Increment("/n", Json(delta.ToString(CultureInfo.InvariantCulture))));
            foreach (var delta in deltas.Reverse()) Assert.Null(backward.Increment("/n", Json(delta.ToString(CultureInfo.InvariantCulture))));

            Assert.Equal($$"""{"n":{{deltas.Sum()}}}""", WireDocument.Text(Build(forward).Json));
            Assert.Equal(Build(forward), Build(backward));
        });
    }

    [Fact]
    public void Increment_AnyBigInts_AddsAsBigIntegersDo()
    {
        var integers = Gen.Byte.Array[0, 40].Select(bytes => new BigInteger(bytes));
        var pairs = Gen.OneOf(
            Gen.Select(integers, integers), integers.Select(value => (value, -value)), integers.Select(value => (value, BigInteger.One - value)));

        Property.Holds(pairs, pair =>
        {
            var patch = new ValuePatch(WireDocument.Value($$$"""{"n":{"$bigint":"{{{pair.Item1}}}"}}"""), ValueLimits.Default);

            Assert.Null(patch.Increment("/n", Json($$"""{"$bigint":"{{pair.Item2}}"}""")));

            Assert.Equal($$$"""{"n":{"$bigint":"{{{pair.Item1 + pair.Item2}}}"}}""", WireDocument.Text(Build(patch).Json));
        });
    }

    private static ReadOnlyMemory<byte> Json(string json) => WireDocument.Canonical(json);

    private static RecordValue Build(ValuePatch patch)
    {
        Assert.True(patch.TryBuild(out var value, out var refusal), refusal?.ToString());
        return value!;
    }

    private static RecordValue Clear(RecordValue value, string pointer)
    {
        Assert.True(JsonPointers.TryParse(pointer, out var segments));
        var patch = new ValuePatch(value, ValueLimits.Default);
        for (var length = segments!.Count - 1; length > 0; length--) patch.Unset(JsonPointers.Format(segments.Take(length)));
        Assert.Null(patch.Set(pointer, Json("0")));
        Assert.Null(patch.Unset(pointer));
        return Build(patch);
    }
}
