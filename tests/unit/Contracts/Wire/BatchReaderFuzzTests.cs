using System.Text;
using CsCheck;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Wire;

namespace MyriadSync.UnitTests.Contracts.Wire;

public class BatchReaderFuzzTests
{
    private static readonly SyncLimits Limits = new() { BatchChanges = 5, ValueDepth = 4, ValueBytes = 1024 };

    private static readonly byte[] Sound = Encoding.UTF8.GetBytes(BatchText.Of(
        BatchText.Put,
        BatchText.Patch("\"set\":{\"/a\":{\"$date\":5}},\"unset\":[\"/b\"],\"inc\":{\"/c\":{\"$bigint\":\"5\"}},\"add\":{\"/d\":[\"\\ud83d\"]},\"remove\":{\"/d\":[2]}", 2),
        """{"seq":3,"store":"s","key":[1,{"$date":5},"x",{"$binary":"AA=="}],"op":"delete","base":4,"at":"0199c0ffee000000c1"}"""));

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "true", "-0", "1e999", "9223372036854775808", "\"seq\":1", "\"changes\":", "{\"seq\":1}",
        "\"key\":", "\"$bigint\"", "\"set\":{\"/a\":1},", "\"clientId\":\"c1\",", "\0", "\u00e9", "[[[[[[", " ",
    ];

    [Fact]
    public void Read_AnyBytes_NeverThrows() =>
        Gen.Byte.Array[0, 200].Sample(bytes => OneOrTheOther(BatchReader.Read(bytes, Limits)), iter: 20_000);

    [Fact]
    public void Read_AnyPieces_NeverThrows() =>
        Gen.OneOf(Pieces).Array[0, 30].Select(string.Concat).Sample(text => OneOrTheOther(BatchText.Read(text, Limits)), iter: 20_000);

    [Fact]
    public void Read_MutatedBatch_GivesErrorsOrABatchThatKeepsTheRules()
    {
        var mutation = Gen.Select(Gen.Int[0, Sound.Length - 1], Gen.Int[0, 12], Gen.OneOf(Gen.OneOf(Pieces).Select(Encoding.UTF8.GetBytes), Gen.Byte.Array[0, 3]));

        mutation.Array[1, 4].Sample(
            mutations => KeepsTheRules(BatchReader.Read(mutations.Aggregate(Sound, Mutate), Limits)),
            iter: 40_000);
    }

    private static byte[] Mutate(byte[] bytes, (int At, int Cut, byte[] Insert) mutation)
    {
        var at = Math.Min(mutation.At, bytes.Length);
        return [.. bytes[..at], .. mutation.Insert, .. bytes[Math.Min(at + mutation.Cut, bytes.Length)..]];
    }

    private static bool OneOrTheOther(BatchReading reading) => (reading.Batch is null) == (reading.Errors.Count > 0);

    private static bool KeepsTheRules(BatchReading reading)
    {
        if (reading.Batch is not { } batch)
            return reading.Errors.Count > 0 && reading.Errors.All(error => error.Reason.Length > 0 && error.Detail.Length > 0);
        return batch.Changes.Count is > 0 and <= 5
            && batch.Changes.Select((change, i) => change.Seq == batch.FirstSeq + i).All(inOrder => inOrder)
            && batch.Changes.All(change => change.Digest.Length == 16 && (change.Refusal is not null || IsWhole(change, batch.ClientId)));
    }

    private static bool IsWhole(Change change, string clientId) =>
        change.Store.Length > 0 && change.Key.Encoded.Length > 0 && change.At.ClientId == clientId
        && (change.Op == ChangeOp.Put) == (change.Value is not null) && (change.Op == ChangeOp.Patch) == (change.Patch is not null);
}
