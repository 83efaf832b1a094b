using MyriadSync.Contracts;

namespace MyriadSync.UnitTests.Contracts.Wire;

public class ChangeReaderTests
{
    private const string At = $"\"at\":\"{BatchText.At}\"";

    [Theory]
    [InlineData("\"op\":\"upsert\",\"value\":1," + At, "unknown-op", "/op")]
    [InlineData("\"op\":null," + At, "unknown-op", "/op")]
    [InlineData("\"value\":1," + At, "missing", "/op")]
    [InlineData("\"op\":\"put\"," + At, "missing", "/value")]
    [InlineData("\"op\":\"put\",\"value\":1", "at-missing", "/at")]
    [InlineData("\"op\":\"put\",\"value\":1,\"at\":5", "at-malformed", "/at")]
    [InlineData("\"op\":\"put\",\"value\":1,\"at\":\"yesterday\"", "at-malformed", "/at")]
    [InlineData("\"op\":\"put\",\"value\":1,\"at\":\"0199c0ffee000000c2\"", "at-of-another-client", "/at")]
    [InlineData("\"op\":\"put\",\"value\":1,\"base\":-1," + At, "invalid-base", "/base")]
    [InlineData("\"op\":\"put\",\"value\":1,\"base\":1.5," + At, "invalid-base", "/base")]
    [InlineData("\"op\":\"put\",\"value\":1,\"base\":\"7\"," + At, "invalid-base", "/base")]
    [InlineData("\"op\":\"put\",\"value\":{\"a\":{\"$nope\":1}}," + At, "unknown-tag", "/value/a/$nope")]
    [InlineData("\"op\":\"put\",\"value\":1,\"vlaue\":1," + At, "unknown-member", "/vlaue")]
    [InlineData("\"op\":\"put\",\"value\":1,\"value\":1," + At, "duplicate-name", "/value")]
    [InlineData("\"op\":\"put\",\"value\":1,\"set\":{\"/a\":1}," + At, "unexpected-member", "")]
    [InlineData("\"op\":\"delete\",\"value\":1," + At, "unexpected-member", "/value")]
    [InlineData("\"op\":\"delete\",\"unset\":[\"/a\"]," + At, "unexpected-member", "")]
    [InlineData("\"op\":\"patch\",\"value\":1,\"set\":{\"/a\":1}," + At, "unexpected-member", "/value")]
    public void Read_UnsoundChange_IsRefusedAndItsNeighbourIsNot(string members, string reason, string pointer)
    {
        var neighbour = BatchText.Put.Replace("\"seq\":1", "\"seq\":2", StringComparison.Ordinal);

        var batch = BatchText.ReadSound(BatchText.Of(BatchText.Change(members), neighbour));

        Assert.Equal((reason, "/changes/0" + pointer), (batch.Changes[0].Refusal?.Reason, batch.Changes[0].Refusal?.Pointer));
        Assert.Equal(1, batch.Changes[0].Seq);
        Assert.Null(batch.Changes[1].Refusal);
        Assert.Equal(2, batch.Changes[1].Seq);
    }

    [Theory]
    [InlineData("""{"seq":1,"key":1,"op":"delete","at":"0199c0ffee000000c1"}""", "missing", "/store")]
    [InlineData("""{"seq":1,"store":"a~b","key":1,"op":"delete","at":"0199c0ffee000000c1"}""", "invalid-store", "/store")]
    [InlineData("""{"seq":1,"store":["a"],"key":1,"op":"delete","at":"0199c0ffee000000c1"}""", "invalid-store", "/store")]
    [InlineData("""{"seq":1,"store":"\ud800","key":1,"op":"delete","at":"0199c0ffee000000c1"}""", "invalid-store", "/store")]
    [InlineData("""{"seq":1,"store":"s","op":"delete","at":"0199c0ffee000000c1"}""", "missing", "/key")]
    [InlineData("""{"seq":1,"store":"s","key":null,"op":"delete","at":"0199c0ffee000000c1"}""", "not-a-key", "/key")]
    [InlineData("""{"seq":1,"store":"s","key":[1,true],"op":"delete","at":"0199c0ffee000000c1"}""", "not-a-key", "/key/1")]
    [InlineData("""{"store":"s","key":{"x":1},"op":"delete","at":"0199c0ffee000000c1","seq":1}""", "not-a-key", "/key")]
    public void Read_UnsoundStoreOrKey_IsRefused(string change, string reason, string pointer)
    {
        var read = BatchText.ReadOne(change);

        Assert.Equal((reason, "/changes/0" + pointer), (read.Refusal?.Reason, read.Refusal?.Pointer));
    }

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "too-deep")]
    [InlineData(100_000, "too-deep")]
    public void Read_DeepValue_IsRefusedBeyondTheLimit(int depth, string? reason)
    {
        var value = new string('[', depth) + new string(']', depth);

        var read = BatchText.ReadOne(BatchText.Change($"\"op\":\"put\",\"value\":{value},{At}"));

        Assert.Equal(reason, read.Refusal?.Reason);
    }

    [Theory]
    [InlineData(256 * 1024 - 2, null)]
    [InlineData(256 * 1024 - 1, "too-large")]
    public void Read_LargeValue_IsRefusedBeyondTheLimit(int length, string? reason)
    {
        var read = BatchText.ReadOne(BatchText.Change($"\"op\":\"put\",\"value\":\"{new string('x', length)}\",{At}"));

        Assert.Equal(reason, read.Refusal?.Reason);
    }

    [Theory]
    [InlineData("\"base\":0,", null)]
    [InlineData("\"base\":null,", null)]
    [InlineData("", null)]
    [InlineData("\"base\":12,", 12L)]
    public void Read_Base_ZeroAndNullAreNone(string member, long? expected)
    {
        var read = BatchText.ReadOne(BatchText.Change($"\"op\":\"delete\",{member}{At}"));

        Assert.Null(read.Refusal);
        Assert.Equal(expected, read.Base);
    }

    [Fact]
    public void Read_ManyFaults_FirstIsTold()
    {
        var read = BatchText.ReadOne("""{"seq":1,"op":"?","store":"!","key":null}""");

        Assert.Equal("/changes/0/op", read.Refusal!.Pointer);
    }

    [Fact]
    public void Read_RefusedChange_KeepsStoreAndKeyIfTheyAreSound()
    {
        var read = BatchText.ReadOne(BatchText.Change("\"op\":\"?\""));

        Assert.Equal(("todos", "Sa0-"[..2]), (read.Store, read.Key.Encoded[..2]));
    }

    [Fact]
    public void Read_LongMemberName_DoesNotMakeALongPointer()
    {
        var read = BatchText.ReadOne(BatchText.Change($"\"{new string('n', 5000)}\":1"));

        Assert.Equal("/changes/0", read.Refusal!.Pointer);
    }

    [Fact]
    public void Digest_SameMutationSpelledAnotherWay_IsTheSame()
    {
        var plain = BatchText.ReadOne(BatchText.Put);
        var spelled = BatchText.ReadOne($$"""{ "at":"{{BatchText.At}}", "value":{ "titl\u0065" : "milk" }, "op":"put", "key":"a1", "base":9, "store":"todos", "seq":1 }""");

        Assert.Equal(plain.Digest.ToArray(), spelled.Digest.ToArray());
        Assert.Equal(16, plain.Digest.Length);
    }

    [Theory]
    [InlineData("\"seq\":1", "\"seq\":2")]
    [InlineData("\"todos\"", "\"todo\"")]
    [InlineData("\"a1\"", "\"a2\"")]
    [InlineData("\"a1\"", "[\"a1\"]")]
    [InlineData("milk", "Milk")]
    [InlineData("0199c0ffee000000c1", "0199c0ffee000001c1")]
    [InlineData("\"op\":\"put\",\"value\":{\"title\":\"milk\"}", "\"op\":\"delete\"")]
    [InlineData("\"op\":\"put\",\"value\":{\"title\":\"milk\"}", "\"op\":\"patch\",\"set\":{\"/title\":\"milk\"}")]
    public void Digest_AnotherMutation_IsAnother(string from, string to)
    {
        var one = BatchText.ReadOne(BatchText.Put);
        var other = BatchText.ReadOne(BatchText.Put.Replace(from, to, StringComparison.Ordinal));

        Assert.Null(other.Refusal);
        Assert.NotEqual(one.Digest.ToArray(), other.Digest.ToArray());
    }

    [Fact]
    public void Digest_StoredLongAgo_IsStillTheSame()
    {
        var put = BatchText.ReadOne(BatchText.Put);
        var patch = BatchText.ReadOne(BatchText.Patch("""
            "set":{"/b":1,"/a":"\ud800"},"unset":["/c"],"inc":{"/d":2},"add":{"/e":[1,2]},"remove":{"/e":[3]}
            """));
        var refused = BatchText.ReadOne("""{"seq":1}""");

        Assert.Equal("0b4ceaada2e7dfaae0de329b501ee8bd", Convert.ToHexStringLower(put.Digest.Span));
        Assert.Equal("964dc114d539e64b95ec7ee5d77d10c9", Convert.ToHexStringLower(patch.Digest.Span));
        Assert.Equal("9c9b28358aa5e1773fba918204656d50", Convert.ToHexStringLower(refused.Digest.Span));
    }

    [Fact]
    public void Digest_Refused_IsOverTheJsonAsItCame()
    {
        var one = BatchText.ReadOne("""{"seq":1,"op":"?"}""");
        var other = BatchText.ReadOne("""{"seq":1,"op":"!"}""");

        Assert.NotEqual(one.Digest.ToArray(), other.Digest.ToArray());
        Assert.Equal("unknown-op", one.Refusal!.Reason);
    }

    [Fact]
    public void Read_At_IsTheHybridTime()
    {
        var read = BatchText.ReadOne(BatchText.Put);

        Assert.Equal(HybridTime.FromMilliseconds(0x0199c0ffee00, "c1"), read.At);
    }
}
