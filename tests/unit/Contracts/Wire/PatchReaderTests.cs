using System.Text;
using MyriadSync.Contracts;

namespace MyriadSync.UnitTests.Contracts.Wire;

public class PatchReaderTests
{
    [Theory]
    [InlineData("\"set\":{}", "patch-empty", "")]
    [InlineData("\"set\":{},\"unset\":[]", "patch-empty", "")]
    [InlineData("\"set\":[1]", "invalid", "/set")]
    [InlineData("\"unset\":{\"/a\":1}", "invalid", "/unset")]
    [InlineData("\"unset\":[1]", "invalid-pointer", "/unset/0")]
    [InlineData("\"add\":{\"/a\":1}", "invalid", "/add/~1a")]
    [InlineData("\"add\":{\"/a\":[]}", "invalid", "/add/~1a")]
    [InlineData("\"set\":{\"a\":1}", "invalid-pointer", "/set/a")]
    [InlineData("\"set\":{\"/a~2\":1}", "invalid-pointer", "/set/~1a~02")]
    [InlineData("\"set\":{\"/a~\":1}", "invalid-pointer", "/set/~1a~0")]
    [InlineData("\"set\":{\"\":1}", "pointer-to-root", "/set/")]
    [InlineData("\"unset\":[\"\"]", "pointer-to-root", "/unset/0")]
    [InlineData("\"set\":{\"/a\":1,\"/a\":2}", "duplicate-name", "/set/~1a")]
    [InlineData("\"unset\":[\"/a\",\"/a\"]", "duplicate-name", "/unset/1")]
    [InlineData("\"set\":{\"/a\":1},\"unset\":[\"/a\"]", "pointers-overlap", "")]
    [InlineData("\"set\":{\"/a\":1,\"/a/b\":2}", "pointers-overlap", "")]
    [InlineData("\"set\":{\"/a\":1,\"/a-b\":3,\"/a!\":3},\"inc\":{\"/a/b/c\":2}", "pointers-overlap", "")]
    [InlineData("\"add\":{\"/a\":[1]},\"set\":{\"/a\":2}", "pointers-overlap", "")]
    [InlineData("\"remove\":{\"/a/b\":[1]},\"unset\":[\"/a\"]", "pointers-overlap", "")]
    [InlineData("\"add\":{\"/a\":[{\"x\":1,\"y\":2}]},\"remove\":{\"/a\":[{\"y\":2,\"x\":1}]}", "added-and-removed", "/remove")]
    [InlineData("\"inc\":{\"/a\":\"1\"}", "not-a-number", "/inc/~1a")]
    [InlineData("\"inc\":{\"/a\":{\"$number\":\"NaN\"}}", "not-a-number", "/inc/~1a")]
    [InlineData("\"inc\":{\"/a\":{\"$bigint\":\"x\"}}", "invalid-bigint", "/inc/~1a/$bigint")]
    [InlineData("\"set\":{\"/a\":{\"$nope\":1}}", "unknown-tag", "/set/~1a/$nope")]
    [InlineData("\"add\":{\"/a\":[1,{\"$nope\":1}]}", "unknown-tag", "/add/~1a/1/$nope")]
    public void Read_UnsoundPatch_IsRefused(string verbs, string reason, string pointer)
    {
        var read = BatchText.ReadOne(BatchText.Patch(verbs));

        Assert.Equal((reason, "/changes/0" + pointer), (read.Refusal?.Reason, read.Refusal?.Pointer));
    }

    [Theory]
    [InlineData("\"set\":{\"/a\":1,\"/ab\":2,\"/b/c\":3,\"/b/d\":4}")]
    [InlineData("\"set\":{\"/a~1b\":1,\"/a/b\":2}")]
    [InlineData("\"set\":{\"/\":1,\"/a\":2}")]
    [InlineData("\"set\":{\"/\\ud800\":1,\"/\\ud801\":2}")]
    [InlineData("\"add\":{\"/t\":[1]},\"remove\":{\"/t\":[2]}")]
    [InlineData("\"inc\":{\"/a\":-0.5,\"/b\":{\"$bigint\":\"-12\"}}")]
    public void Read_SoundPatch_IsTaken(string verbs)
    {
        var read = BatchText.ReadOne(BatchText.Patch(verbs));

        Assert.Null(read.Refusal);
    }

    [Fact]
    public void Read_PointersInAnyOrder_GiveOnePatchAndOneDigest()
    {
        var one = BatchText.ReadOne(BatchText.Patch("\"set\":{\"/b\":1,\"/a\":2},\"unset\":[\"/d\",\"/c\"]"));
        var other = BatchText.ReadOne(BatchText.Patch("\"unset\":[\"/c\",\"/d\"],\"set\":{\"/a\":2,\"/b\":1.0}"));

        Assert.Equal(["/a", "/b"], one.Patch!.Set.Select(pair => pair.Key));
        Assert.Equal(["/c", "/d"], one.Patch.Unset);
        Assert.Equal(one.Digest.ToArray(), other.Digest.ToArray());
    }

    [Fact]
    public void Digest_VerbsThatDiffer_Differ()
    {
        string[] verbs =
        [
            "\"set\":{\"/a\":1}", "\"set\":{\"/a\":2}", "\"set\":{\"/b\":1}", "\"inc\":{\"/a\":1}", "\"add\":{\"/a\":[1]}", "\"remove\":{\"/a\":[1]}",
            "\"add\":{\"/a\":[1,2]}", "\"add\":{\"/a\":[12]}", "\"unset\":[\"/a\"]", "\"unset\":[\"/a\",\"/b\"]", "\"set\":{\"/\\ud800\":1}", "\"set\":{\"/\\ud801\":1}",
        ];

        var digests = verbs.Select(verb => Convert.ToHexString(BatchText.ReadOne(BatchText.Patch(verb)).Digest.Span));

        Assert.Equal(verbs.Length, digests.Distinct().Count());
    }

    [Fact]
    public void Read_ManyPointers_IsNotQuadratic()
    {
        var pointers = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"/{i:x}\""));

        var read = BatchText.ReadOne(BatchText.Patch($"\"unset\":[{pointers}]"));

        Assert.Equal(100_000, read.Patch!.Unset.Count);
    }

    [Fact]
    public void Read_PointerBeyondTheDepth_IsRefused()
    {
        var pointer = string.Concat(Enumerable.Repeat("/a", 65));

        var read = BatchText.ReadOne(BatchText.Patch($"\"unset\":[\"{pointer}\"]"));

        Assert.Equal(RefusalReasons.TooDeep, read.Refusal!.Reason);
    }

    [Fact]
    public void Read_PatchValues_AreCanonical()
    {
        var read = BatchText.ReadOne(BatchText.Patch("\"set\":{\"/a\":{\"z\":1.50,\"b\":\"\\u0041\"}}"));

        Assert.Equal("""{"b":"A","z":1.5}""", Encoding.UTF8.GetString(read.Patch!.Set[0].Value.Span));
    }
}
