using System.Diagnostics.CodeAnalysis;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform.Encodings;

namespace MyriadSync.Pipeline.Transform;

/// <summary>One field that a mapping names.</summary>
internal sealed class FieldCodec
{
    private readonly ICellCodec _cell;
    private readonly FieldMapping _mapping;

    /// <exception cref="ArgumentException">The default is outside the field's own encoding.</exception>
    public FieldCodec(string name, FieldMapping mapping)
    {
        (Name, Qualifier, _mapping) = (name, Qualifiers.Encode(name), mapping);
        _cell = CellCodecs.Of(mapping.Encoding);
        if (mapping.Default is { } value)
        {
            Default = TryShape(value, out var shaped) ? shaped : throw new ArgumentException($"The default of field {Qualifier} is outside its encoding.", nameof(mapping));
        }
    }

    /// <summary>The client's name for it.</summary>
    public string Name { get; }

    /// <summary>The same in entries.</summary>
    public string Qualifier { get; }

    /// <summary>Its column; null: dropped.</summary>
    public string? Column => _mapping.Column;

    /// <summary>The default in its shape; null: none.</summary>
    public ReadOnlyMemory<byte>? Default { get; }

    /// <summary>The value as it reads back; the very memory when that is the same. False: outside the domain.</summary>
    public bool TryShape(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> shaped)
    {
        shaped = json;
        if (_mapping.Column is null || _mapping.Encoding == CellEncoding.Json)
        {
            return true;
        }

        if (!_cell.TryEncode(json, out var cell) || !_cell.TryDecode(cell, out var back))
        {
            return false;
        }

        shaped = back.Span.SequenceEqual(json.Span) ? json : back;
        return true;
    }

    /// <summary>The cell of a value that is in shape.</summary>
    public ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> json) =>
        _cell.TryEncode(json, out var cell) ? cell : throw new InvalidDataException($"Field {Qualifier} of a committed record is outside its encoding.");

    /// <summary>The value of a cell.</summary>
    public bool TryDecode(ReadOnlyMemory<byte> cell, [NotNullWhen(false)] out UnreadableCell? unreadable, out ReadOnlyMemory<byte> json)
    {
        unreadable = _cell.TryDecode(cell, out json) ? null : new UnreadableCell(Qualifier, Column!, $"no {_cell.Form}", _mapping.OnBadCell);
        return unreadable is null;
    }

    /// <summary>What a row without the cell is told of; null: nothing is amiss.</summary>
    public UnreadableCell? Missing() =>
        _mapping is { Required: true, Default: null, Column: not null } ? new UnreadableCell(Qualifier, Column!, "missing", _mapping.OnBadCell) : null;

    /// <summary>The refusal of a value outside the domain.</summary>
    public Refusal OutOfDomain() =>
        new(StoreCodec.OutOfDomain, JsonPointers.Append("", Name), $"The field takes {_cell.Domain}.");
}
