using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Wire;

namespace MyriadSync.UnitTests.Contracts.Wire;

/// <summary>Batches as clients write them.</summary>
internal static class BatchText
{
    public const string At = "0199c0ffee000000c1";

    public const string Put = $$"""{"seq":1,"store":"todos","key":"a1","op":"put","value":{"title":"milk"},"at":"{{At}}"}""";

    public static string Of(params string[] changes) =>
        $$"""{"schemaVersion":1,"clientId":"c1","batchId":"b1","changes":[{{string.Join(',', changes)}}]}""";

    /// <summary>A change of the given members after seq, store and key.</summary>
    public static string Change(string members, int seq = 1) => $$"""{"seq":{{seq}},"store":"todos","key":"a1",{{members}}}""";

    public static string Patch(string verbs, int seq = 1) => Change($$"""
        "op":"patch",{{verbs}},"at":"{{At}}"
        """, seq);

    public static BatchReading Read(string json, SyncLimits? limits = null) => BatchReader.Read(Encoding.UTF8.GetBytes(json), limits ?? new SyncLimits());

    public static Change ReadOne(string change) => Assert.Single(ReadSound(Of(change)).Changes);

    public static Batch ReadSound(string json)
    {
        var reading = Read(json);
        Assert.Empty(reading.Errors);
        return reading.Batch!;
    }
}
