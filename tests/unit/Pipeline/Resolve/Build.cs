using System.Text;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

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
        Clocks = new FieldClocks { Default = new FieldClock(at, At(at, by).ToString()) },
    };

    public static Change Put(string json, long at = 50, long? @base = null, string client = "a", long seq = 1, string key = "k") => new()
    {
        Seq = seq,
        Digest = new byte[16],
        Store = "s",
        Key = Key(key),
        Op = ChangeOp.Put,
        Value = Value(json),
        Base = @base,
        At = At(at, client),
    };

    public static Change Delete(long at = 50, long? @base = null, string client = "a", long seq = 1, string key = "k") => new()
    {
        Seq = seq,
        Digest = new byte[16],
        Store = "s",
        Key = Key(key),
        Op = ChangeOp.Delete,
        Base = @base,
        At = At(at, client),
    };

    public static Change Set(string pointer, string json, long at = 50, long? @base = null, string client = "a", long seq = 1, string key = "k") => new()
    {
        Seq = seq,
        Digest = new byte[16],
        Store = "s",
        Key = Key(key),
        Op = ChangeOp.Patch,
        Base = @base,
        At = At(at, client),
        Patch = new PatchBody { Set = [new(pointer, Encoding.UTF8.GetBytes(json))] },
    };

    public static Change Inc(string pointer, int amount, long at = 50, long? @base = null, string client = "a", long seq = 1, string key = "k") => new()
    {
        Seq = seq,
        Digest = new byte[16],
        Store = "s",
        Key = Key(key),
        Op = ChangeOp.Patch,
        Base = @base,
        At = At(at, client),
        Patch = new PatchBody { Inc = [new(pointer, Encoding.UTF8.GetBytes(amount.ToString(System.Globalization.CultureInfo.InvariantCulture)))] },
    };

    public static string? Json(RecordState state) => state.Value is null ? null : Encoding.UTF8.GetString(state.Value.Json.Span);
}
