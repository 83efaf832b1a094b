using System.Globalization;
using System.Text;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.UnitTests.Pipeline.Resolve;

/// <summary>Short ways to make records and changes.</summary>
internal static class Build
{
    public static RecordValue Value(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), CanonicalJson.ReaderOptions);
        reader.Read();
        return RecordValue.TryRead(ref reader, ValueLimits.Default, out var value, out var refusal) ? value : throw new ArgumentException(refusal.Reason);
    }

    public static RecordKey Key(string key) => RecordKey.TryDecode("S" + key, out var decoded) ? decoded : throw new ArgumentException(key);

    public static HybridTime At(long ms, string client = "a") => HybridTime.FromMilliseconds(ms, client);

    public static RecordState State(long rev, string? json, long at, string by) => new()
    {
        Rev = rev,
        Value = json is null ? null : Value(json),
        At = At(at, by).ToString(),
        By = by,
        Clocks = new FieldClocks { Default = new FieldClock(at, At(at, by).ToString(), rev) },
    };

    public static Change Put(string json, long at = 50, long? @base = null, string client = "a", long seq = 1, string key = "k") =>
        Of(ChangeOp.Put, at, @base, client, seq, key) with { Value = Value(json) };

    public static Change Delete(long at = 50, long? @base = null, string client = "a", long seq = 1, string key = "k") => Of(ChangeOp.Delete, at, @base, client, seq, key);

    public static Change Set(string pointer, string json, long at = 50, long? @base = null, string client = "a", long seq = 1, string key = "k") =>
        Patch(new PatchBody { Set = [new(pointer, Utf8(json))] }, at, @base, client, seq, key);

    public static Change Unset(string pointer, long at = 50, long? @base = null, string client = "a", long seq = 1) =>
        Patch(new PatchBody { Unset = [pointer] }, at, @base, client, seq);

    public static Change Inc(string pointer, long amount, long at = 50, long? @base = null, string client = "a", long seq = 1, string key = "k") =>
        Patch(new PatchBody { Inc = [new(pointer, Utf8(amount.ToString(CultureInfo.InvariantCulture)))] }, at, @base, client, seq, key);

    public static Change Add(string pointer, string element, long at = 50, long? @base = null, string client = "a", long seq = 1) =>
        Patch(new PatchBody { Add = [new(pointer, [Utf8(element)])] }, at, @base, client, seq);

    public static Change Remove(string pointer, string element, long at = 50, long? @base = null, string client = "a", long seq = 1) =>
        Patch(new PatchBody { Remove = [new(pointer, [Utf8(element)])] }, at, @base, client, seq);

    public static Change Patch(PatchBody patch, long at = 50, long? @base = null, string client = "a", long seq = 1, string key = "k") =>
        Of(ChangeOp.Patch, at, @base, client, seq, key) with { Patch = patch };

    public static ReadOnlyMemory<byte> Utf8(string json) => Encoding.UTF8.GetBytes(json);

    public static ResolveSettings Settings(string client = "a") => new()
    {
        ClientId = client,
        ServerMs = 1000,
        ClockAheadMs = 60_000,
        CommitTs = 2000,
        FirstSeq = 1,
        Limits = ValueLimits.Default,
        Atomic = false,
    };

    public static string? Json(RecordState state) => state.Value is null ? null : Encoding.UTF8.GetString(state.Value.Json.Span);

    private static Change Of(ChangeOp op, long at, long? @base, string client, long seq, string key) =>
        new() { Seq = seq, Digest = new byte[16], Store = "s", Key = Key(key), Op = op, Base = @base, At = At(at, client) };
}
