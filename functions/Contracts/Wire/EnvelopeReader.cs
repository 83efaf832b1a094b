using System.Text.Json;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Wire;

/// <summary>One pass over a batch's body. All errors of the envelope are collected, so that a client's author sees them at once.</summary>
internal ref struct EnvelopeReader
{
    private const int MaxEpochChars = 64;

    private readonly ReadOnlySpan<byte> _json;
    private readonly SyncLimits _limits;
    private readonly List<Refusal> _errors = [];
    private readonly List<Change> _changes = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private Utf8JsonReader _reader;
    private Utf8JsonReader _changesStart;
    private bool _changesDeferred;
    private int _schemaVersion;
    private string? _clientId;
    private string? _batchId;
    private string? _epoch;
    private bool _atomic;

    public EnvelopeReader(ReadOnlySpan<byte> json, SyncLimits limits)
    {
        _json = json;
        _limits = limits;
        // Without a limit on depth: a value that is too deep is that change's error, not the envelope's. The body's size bounds it, and the reader does not recurse.
        _reader = new Utf8JsonReader(json, CanonicalJson.ReaderOptions);
    }

    public BatchReading Read()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            _reader.Read();
            return new BatchReading { Errors = [new Refusal(WireReasons.NotAnObject, "", "The body must be a JSON object.")] };
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            WireText.TryRead(ref _reader, out var name);
            _reader.Read();
            ReadMember(name);
        }

        // Reads on to the end of the body: anything but white space there is an error of the JSON.
        _reader.Read();
        if (_changesDeferred)
        {
            _reader = _changesStart;
            ReadChanges();
        }

        RequireMembers();
        return _errors.Count > 0 ? new BatchReading { Errors = _errors } : new BatchReading { Batch = ToBatch() };
    }

    private void ReadMember(string name)
    {
        if (!_seen.Add(name))
            Error(RefusalReasons.DuplicateName, name, "The member is there twice.");
        else if (name == "changes")
            ReadOrDeferChanges();
        else if (!ReadScalar(name))
            Error(WireReasons.UnknownMember, name, "There is no such member.");
        else
            return;
        if (_reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            _reader.Skip();
    }

    private bool ReadScalar(string name)
    {
        switch (name)
        {
            case "schemaVersion":
                var isVersion = _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out _schemaVersion) && _schemaVersion >= 1;
                Check(isVersion, name, "A whole number from 1 is needed.");
                break;
            case "clientId":
                _clientId = Text();
                Check(NameRules.IsClientId(_clientId) && !NameRules.IsReserved(_clientId), name, "1 to 64 of A-Z a-z 0-9 - _ are needed, and neither myriad nor operator.");
                break;
            case "batchId":
                _batchId = Text();
                Check(NameRules.IsClientId(_batchId), name, "1 to 64 of A-Z a-z 0-9 - _ are needed.");
                break;
            case "epoch":
                _epoch = Text();
                Check(_reader.TokenType == JsonTokenType.Null || _epoch is { Length: > 0 and <= MaxEpochChars }, name, "The epoch that an answer gave, or null.");
                break;
            case "atomic":
                _atomic = _reader.TokenType == JsonTokenType.True;
                Check(_reader.TokenType is JsonTokenType.True or JsonTokenType.False, name, "true or false is needed.");
                break;
            default:
                return false;
        }

        _reader.Skip();
        return true;
    }

    /// <summary>Changes are checked against the client id; should that only follow later, they are skipped at first.</summary>
    private void ReadOrDeferChanges()
    {
        if (_clientId is not null)
        {
            ReadChanges();
            return;
        }

        _changesDeferred = true;
        _changesStart = _reader;
        _reader.Skip();
    }

    private void ReadChanges()
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            Error(WireReasons.Invalid, "changes", "A list of changes is needed.");
            return;
        }

        var changeReader = new ChangeReader(_limits, _clientId);
        long? previous = null;
        var index = 0;
        for (; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index >= _limits.BatchChanges)
            {
                _reader.Skip();
                continue;
            }

            var change = changeReader.Read(ref _reader, _json, index, _errors);
            if (change is not null && previous is { } last && change.Seq != last + 1)
                _errors.Add(new Refusal(WireReasons.SeqOrder, $"/changes/{index}/seq", $"{last + 1} is expected after {last}: no hole, no repeat, in order."));
            previous = change?.Seq;
            if (change is not null)
                _changes.Add(change);
        }

        if (index == 0)
            Error(WireReasons.NoChanges, "changes", "At least one change is needed.");
        if (index > _limits.BatchChanges)
            Error(WireReasons.TooManyChanges, "changes", $"A batch may have {_limits.BatchChanges} changes.");
    }

    private void RequireMembers()
    {
        foreach (var name in (ReadOnlySpan<string>)["schemaVersion", "clientId", "batchId", "changes"])
        {
            if (!_seen.Contains(name))
                Error(WireReasons.Missing, name, "The member is needed.");
        }
    }

    private readonly Batch ToBatch() => new()
    {
        SchemaVersion = _schemaVersion,
        ClientId = _clientId!,
        BatchId = _batchId!,
        Epoch = _epoch,
        Atomic = _atomic,
        Changes = _changes,
        BodyHash = ChangeDigest.OfBatch(_schemaVersion, _atomic, _changes),
    };

    private string? Text() => _reader.TokenType == JsonTokenType.String && WireText.TryRead(ref _reader, out var text) ? text : null;

    private readonly void Check(bool isValid, string name, string detail)
    {
        if (!isValid)
            Error(WireReasons.Invalid, name, detail);
    }

    private readonly void Error(string reason, string name, string detail) =>
        _errors.Add(new Refusal(reason, WirePointers.Bounded(JsonPointers.Append("", name)), detail));
}
