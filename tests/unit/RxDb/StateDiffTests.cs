using System.Text;
using System.Text.Json;
using CsCheck;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.RxDb;

namespace MyriadSync.UnitTests.RxDb;

public sealed class StateDiffTests
{
    private static readonly Dictionary<string, FieldKind> Kinds = new() { ["/votes"] = FieldKind.Counter, ["/tags"] = FieldKind.Set, ["/meta/seen"] = FieldKind.Counter };

    private static readonly long Cases = long.TryParse(Environment.GetEnvironmentVariable("MYRIADSYNC_LAW_CASES"), out var cases) ? cases : 2_000;

    [Fact]
    public void Between_NestedObjects_TouchesOnlyWhatDiffers()
    {
        var patch = StateDiff.Between(Value("""{"a":{"x":1,"y":{"z":1}},"b":[1],"gone":1}"""), Value("""{"a":{"x":1,"y":{"z":2}},"b":[1,2],"new":{}}"""), Kinds)!;

        Assert.Equal(["/a/y/z=2", "/b=[1,2]", "/new={}"], patch.Set.Select(pair => $"{pair.Key}={Text(pair.Value)}"));
        Assert.Equal(["/gone"], patch.Unset);
    }

    [Fact]
    public void Between_CountersAndSets_SayWhatWasDoneToThem()
    {
        var patch = StateDiff.Between(Value("""{"votes":3,"tags":["a","b"],"meta":{"seen":1}}"""), Value("""{"votes":5,"tags":["b","c"],"meta":{"seen":0}}"""), Kinds)!;

        Assert.Equal(["/meta/seen+-1", "/votes+2"], patch.Inc.Select(pair => $"{pair.Key}+{Text(pair.Value)}"));
        Assert.Equal("/tags+\"c\"", string.Join(',', patch.Add.Select(pair => $"{pair.Key}+{string.Join(' ', pair.Value.Select(Text))}")));
        Assert.Equal("/tags-\"a\"", string.Join(',', patch.Remove.Select(pair => $"{pair.Key}-{string.Join(' ', pair.Value.Select(Text))}")));
        Assert.Empty(patch.Set);
    }

    [Theory]
    [InlineData("""{"votes":1e16}""", """{"votes":0.1}""")]
    [InlineData("""{"votes":"3"}""", """{"votes":4}""")]
    [InlineData("""{"votes":1}""", """{"votes":null}""")]
    [InlineData("""{"tags":"a"}""", """{"tags":["a"]}""")]
    public void Between_KindThatCannotSayIt_IsAValue(string from, string to)
    {
        var patch = StateDiff.Between(Value(from), Value(to), Kinds)!;

        Assert.Single(patch.Set);
        Assert.Empty(patch.Inc);
        Assert.Empty(patch.Add);
    }

    [Fact]
    public void Between_SameElementsInAnotherOrder_IsNothing()
    {
        Assert.Null(StateDiff.Between(Value("""{"tags":["a","b"]}"""), Value("""{"tags":["b","a"]}"""), Kinds));
    }

    [Fact]
    public void Between_AnyTwoDocuments_LeadsFromOneToTheOther()
    {
        Gen.Select(Documents(3), Documents(3)).Sample(
            (from, to) =>
            {
                var patch = StateDiff.Between(Value(from), Value(to), new Dictionary<string, FieldKind>());

                RecordValue? result = null;
                return patch is null
                    ? Value(from).Equals(Value(to))
                    : ValuePatch.TryApply(Value(from), patch, ValueLimits.Default, out result, out _) && result.Equals(Value(to));
            },
            iter: Cases);
    }

    private static Gen<string> Documents(int depth) => Gen.Select(OneOf("a", "b", "a/b", "~", "id"), Member(depth))
        .List[0, 4]
        .Select(members => $"{{{string.Join(',', members.DistinctBy(member => member.Item1).Select(member => $"{JsonSerializer.Serialize(member.Item1)}:{member.Item2}"))}}}");

    private static Gen<string> Member(int depth) => depth == 0
        ? OneOf("1", "2", "\"x\"", "null", "[1]", "[]", "{\"$date\":1}")
        : Gen.OneOf(OneOf("1", "true", "[{}]"), Documents(depth - 1));

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    private static RecordValue Value(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), CanonicalJson.ReaderOptions);
        reader.Read();
        return RecordValue.TryRead(ref reader, ValueLimits.Default, out var value, out var refusal) ? value : throw new InvalidOperationException(refusal.Reason);
    }
}
