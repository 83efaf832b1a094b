using System.Text.Json;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Wire;

/// <summary>
/// Reads the changes of one batch. Whatever is wrong with a change becomes its refusal (the first of its members' errors, in their order, then what is
/// missing), and the rest of it is read nevertheless: its seq is needed, and may come last.
/// </summary>
internal sealed class ChangeReader(SyncLimits limits, string? clientId)
{
    /// <summary>The largest whole number that every JavaScript client can hold.</summary>
    private const long MaxInteger = (1L << 53) - 1;

    private readonly ValueLimits _valueLimits = new() { MaxDepth = limits.ValueDepth, MaxBytes = limits.ValueBytes };
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly ChangeDigest _digest = new();
    private PatchReader? _patch;
    private Refusal? _refusal;
    private string _prefix = "";
    private int _index;
    private long? _seq;
    private string? _store;
    private RecordKey _key;
    private ChangeOp? _op;
    private RecordValue? _value;
    private long? _base;
    private HybridTime _at;

    /// <summary>Reads the change that the reader stands on, up to its last token. Null when its place in the client's history is unknown: an error of the envelope.</summary>
    public Change? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int index, List<Refusal> errors)
    {
        Reset(index);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            errors.Add(new Refusal(WireReasons.NotAnObject, Prefix, "A change is an object."));
            return null;
        }

        var start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            WireText.TryRead(ref reader, out var name);
            reader.Read();
            if (!_seen.Add(name))
            {
                Refuse(RefusalReasons.DuplicateName, name, "The member is there twice.");
                // Two seqs leave open which of them it is.
                _seq = name == "seq" ? null : _seq;
            }
            else
            {
                ReadMember(ref reader, name);
            }

            reader.Skip();
        }

        if (_seq is not null)
            return ToChange(json[start..(int)reader.BytesConsumed]);
        errors.Add(new Refusal(_seen.Contains("seq") ? WireReasons.Invalid : WireReasons.Missing, $"{Prefix}/seq", "One whole number from 1 is needed."));
        return null;
    }

    private string Prefix => _prefix.Length > 0 ? _prefix : _prefix = $"/changes/{_index}";

    private void Reset(int index)
    {
        _seen.Clear();
        (_index, _prefix, _patch, _refusal) = (index, "", null, null);
        (_seq, _store, _key, _op, _value, _base, _at) = (null, null, default, null, null, null, default);
    }

    /// <summary>Reads one member; the reader is left on its first or its last token.</summary>
    private void ReadMember(ref Utf8JsonReader reader, string name)
    {
        switch (name)
        {
            case "seq":
                _seq = Integer(ref reader) is >= 1 and var seq ? seq : null;
                break;
            case "store":
                _store = Text(ref reader);
                if (!NameRules.IsStore(_store))
                    Refuse(WireReasons.InvalidStore, name, "A store is 1 to 64 of A-Z a-z 0-9 - _ . and begins with a letter or digit.");
                break;
            case "key":
                if (!RecordKey.TryRead(ref reader, out _key, out var notAKey))
                    Refuse(notAKey.Under($"{Prefix}/key"));
                break;
            case "op":
                ReadOp(Text(ref reader));
                break;
            case "value":
                if (!RecordValue.TryRead(ref reader, _valueLimits, out _value, out var notAValue))
                    Refuse(notAValue.Under($"{Prefix}/value"));
                break;
            case "base":
                ReadBase(ref reader);
                break;
            case "at":
                ReadAt(Text(ref reader));
                break;
            case "set" or "unset" or "inc" or "add" or "remove":
                _patch ??= new PatchReader(_valueLimits);
                if (!_patch.TryRead(ref reader, name, out var notAVerb))
                    Refuse(notAVerb.Under($"{Prefix}/{name}"));
                break;
            default:
                Refuse(WireReasons.UnknownMember, name, "There is no such member.");
                break;
        }
    }

    private void ReadOp(string? name)
    {
        _op = name switch { "put" => ChangeOp.Put, "patch" => ChangeOp.Patch, "delete" => ChangeOp.Delete, _ => null };
        if (_op is null)
            Refuse(WireReasons.UnknownOp, "op", "An op is put, patch or delete.");
    }

    /// <summary>Null and 0 say what an absent base says: there was no record. 0 is the rev that answers give when there is none.</summary>
    private void ReadBase(ref Utf8JsonReader reader)
    {
        var number = reader.TokenType == JsonTokenType.Null ? 0 : Integer(ref reader);
        if (number is not >= 0)
            Refuse(WireReasons.InvalidBase, "base", "A base is the rev that the edit was made on: a whole number.");
        _base = number > 0 ? number : null;
    }

    private void ReadAt(string? text)
    {
        if (!HybridTime.TryParse(text, out _at))
            Refuse(WireReasons.AtMalformed, "at", "A time is 12 lower-case hex digits of milliseconds, 4 of counter, and the client id.");
        else if (clientId is not null && _at.ClientId != clientId)
            Refuse(WireReasons.AtOfAnotherClient, "at", "The time names another client than the batch.");
    }

    private Change ToChange(ReadOnlySpan<byte> json)
    {
        PatchBody? patch = null;
        if (_refusal is null)
            CheckWhole(out patch);
        var change = new Change
        {
            Seq = _seq!.Value,
            Digest = default,
            Store = NameRules.IsStore(_store) ? _store! : "",
            Key = _key,
            Op = _op ?? default,
            Value = _value,
            Patch = patch,
            Base = _base,
            At = _at,
            Refusal = _refusal,
        };
        return change with { Digest = _refusal is null ? _digest.Of(change) : _digest.OfRefused(json) };
    }

    private void CheckWhole(out PatchBody? patch)
    {
        patch = null;
        foreach (var name in (ReadOnlySpan<string>)["store", "key", "op"])
        {
            if (!_seen.Contains(name))
                Refuse(WireReasons.Missing, name, "The member is needed.");
        }

        if (!_seen.Contains("at"))
            Refuse(WireReasons.AtMissing, "at", "The time of the edit is needed.");
        if (_op == ChangeOp.Put && _value is null)
            Refuse(WireReasons.Missing, "value", "A put needs a value.");
        if (_op != ChangeOp.Put && _value is not null)
            Refuse(WireReasons.UnexpectedMember, "value", "Only a put has a value.");
        if (_op != ChangeOp.Patch && _patch is not null)
            Refuse(new Refusal(WireReasons.UnexpectedMember, Prefix, "Only a patch has set, unset, inc, add and remove."));
        if (_op == ChangeOp.Patch && _refusal is null && !(_patch ?? new PatchReader(_valueLimits)).TryFinish(out patch, out var refusal))
            Refuse(refusal.Under(Prefix));
    }

    private void Refuse(string reason, string name, string detail)
    {
        if (_refusal is null)
            Refuse(new Refusal(reason, JsonPointers.Append(Prefix, name), detail));
    }

    private void Refuse(Refusal refusal) => _refusal ??= refusal with { Pointer = WirePointers.Bounded(refusal.Pointer) };

    private static string? Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && WireText.TryRead(ref reader, out var text) ? text : null;

    private static long? Integer(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number <= MaxInteger ? number : null;
}
