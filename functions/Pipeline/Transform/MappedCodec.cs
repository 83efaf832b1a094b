using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>A store with a mapping: named fields lie in columns of their own, in their encodings; the others as the mapping says.</summary>
internal sealed class MappedCodec : StoreCodec
{
    private readonly StoreMapping _mapping;
    private readonly Dictionary<string, FieldCodec> _byName;
    private readonly Dictionary<string, FieldCodec> _byQualifier;
    private readonly Dictionary<string, FieldCodec>.AlternateLookup<ReadOnlySpan<char>> _byQualifierSpan;
    private readonly Dictionary<string, FieldCodec> _byColumn;
    private readonly FieldCodec[] _defaulted;
    private readonly FieldCodec[] _required;

    /// <exception cref="ArgumentException">A default is outside its field's encoding, or two fields share a column.</exception>
    public MappedCodec(StoreMapping mapping, string mapHash)
    {
        (_mapping, MapHash) = (mapping, mapHash);
        var fields = mapping.Fields.Select(pair => new FieldCodec(pair.Key, pair.Value)).ToList();
        _byName = fields.ToDictionary(field => field.Name);
        _byQualifier = fields.ToDictionary(field => field.Qualifier);
        _byQualifierSpan = _byQualifier.GetAlternateLookup<ReadOnlySpan<char>>();
        _byColumn = fields.Where(field => field.Column is not null).ToDictionary(field => field.Column!);
        _defaulted = [.. fields.Where(field => field.Default is not null)];
        _required = [.. fields.Where(field => field.Missing() is not null)];
        NamedColumns = [.. _byColumn.Keys.Concat(mapping.Constants.Keys).Order(StringComparer.Ordinal)];
        DeleteTargets = mapping.Others == OtherFields.Json
            ? [DataColumns.Family, .. NamedColumns.Where(column => !column.StartsWith(DataColumns.Prefix, StringComparison.Ordinal))]
            : NamedColumns;
    }

    public override string MapHash { get; }

    public override IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Constants => _mapping.Constants;

    public override IReadOnlyList<string> NamedColumns { get; }

    public override IReadOnlyList<string> DeleteTargets { get; }

    public override ShapedValue Shape(RecordValue value)
    {
        if (!value.IsObject)
        {
            return _mapping.Others == OtherFields.Json
                ? new(value, null)
                : new(null, new Refusal(NotAnObject, "", "The store takes plain objects only."));
        }

        var fields = new List<RecordField>(value.Fields.Count + _defaulted.Length);
        var same = true;
        foreach (var field in value.Fields)
        {
            if (_mapping.KeyFields.ContainsKey(field.Name))
            {
                fields.Add(field);
                continue;
            }

            if (!_byName.TryGetValue(field.Name, out var codec))
            {
                if (CheckOther(field) is { } refusal)
                {
                    return new(null, refusal);
                }

                if (_mapping.Others == OtherFields.Json)
                {
                    fields.Add(field);
                    continue;
                }
            }
            else if (codec.Column is not null)
            {
                if (!codec.TryShape(field.Json, out var shaped))
                {
                    return new(null, codec.OutOfDomain());
                }

                same &= shaped.Equals(field.Json);
                fields.Add(field with { Json = shaped });
                continue;
            }

            // Dropped: what reads back is the default, if there is one.
            same = false;
        }

        foreach (var field in _defaulted)
        {
            if (field.Column is null || !value.TryGetField(field.Name, out _))
            {
                same = false;
                fields.Add(new RecordField(field.Name, field.Default!.Value));
            }
        }

        var result = same ? value : RecordValue.FromFields(fields);
        return new(result.Equals(value) ? value : result, null);
    }

    public override bool Owns(string column) => _byColumn.ContainsKey(column) || IsOther(column);

    public override string? ColumnOf(string qualifier) => _byQualifier.TryGetValue(qualifier, out var field)
        ? field.Column
        : _mapping.Others == OtherFields.Json ? DataColumns.Of(qualifier) : null;

    public override IReadOnlyList<FieldCell> Encode(RecordValue value)
    {
        if (!value.IsObject)
        {
            return [new FieldCell(Qualifiers.Root, DataColumns.Root, value.Json)];
        }

        var cells = new List<FieldCell>(value.Fields.Count);
        foreach (var field in value.Fields)
        {
            if (_byName.TryGetValue(field.Name, out var codec))
            {
                if (codec.Column is not null)
                {
                    cells.Add(new FieldCell(codec.Qualifier, codec.Column, codec.Encode(field.Json)));
                }
            }
            else if (_mapping.Others == OtherFields.Json)
            {
                var qualifier = Qualifiers.Encode(field.Name);
                cells.Add(new FieldCell(qualifier, DataColumns.Of(qualifier), field.Json));
            }
        }

        cells.Sort((left, right) => string.CompareOrdinal(left.Column, right.Column));
        return cells;
    }

    public override DecodedRow Decode(IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> columns)
    {
        var fields = new Dictionary<string, RecordField>(columns.Count);
        var unreadable = new List<UnreadableCell>();
        foreach (var (column, cell) in columns)
        {
            if (_byColumn.TryGetValue(column, out var field))
            {
                if (field.TryDecode(cell, out var trouble, out var json))
                {
                    fields[field.Name] = new RecordField(field.Name, json);
                }
                else
                {
                    unreadable.Add(trouble);
                }
            }
            else if (column == DataColumns.Root && IsOther(column))
            {
                return new(RecordValue.FromRoot(ValueColumns.ToJson(cell)), []);
            }
            else if (IsOther(column) && Qualifiers.TryDecode(column.AsSpan(DataColumns.Prefix.Length), out var name))
            {
                fields[name] = new RecordField(name, ValueColumns.ToJson(cell));
            }
        }

        unreadable.AddRange(_required.Where(field => !fields.ContainsKey(field.Name) && unreadable.TrueForAll(cell => cell.Qualifier != field.Qualifier)).Select(field => field.Missing()!));
        foreach (var field in _defaulted)
        {
            fields.TryAdd(field.Name, new RecordField(field.Name, field.Default!.Value));
        }

        return new(RecordValue.FromFields(fields.Values), unreadable);
    }

    public override bool HasKeyFields => _mapping.KeyFields.Count > 0;

    public override RecordValue WithKey(RecordValue value, RecordKey key) =>
        RecordValue.FromFields([.. value.Fields.Where(field => !_mapping.KeyFields.ContainsKey(field.Name)), .. KeyFields.Of(_mapping, key)]);

    private Refusal? CheckOther(RecordField field) => _mapping.Others switch
    {
        OtherFields.Reject => new(UnknownField, JsonPointers.Append("", field.Name), "The store does not take this field."),
        OtherFields.Json when _byColumn.ContainsKey(DataColumns.Of(Qualifiers.Encode(field.Name))) || _mapping.Constants.ContainsKey(DataColumns.Of(Qualifiers.Encode(field.Name))) =>
            new(ColumnTaken, JsonPointers.Append("", field.Name), "The column that the field would have belongs to another one."),
        _ => null,
    };

    // A column in d that would be a field's, were that field not mapped elsewhere, is a job's own.
    private bool IsOther(string column) => _mapping.Others == OtherFields.Json
        && DataColumns.IsField(column)
        && !_byColumn.ContainsKey(column)
        && !_mapping.Constants.ContainsKey(column)
        && !_byQualifierSpan.ContainsKey(column.AsSpan(DataColumns.Prefix.Length));
}
