namespace MyriadSync.Pipeline.Transform.Encodings;

/// <summary>One encoding of a field's value in a cell. Decoding what was encoded gives the value in its shape, and that is stable.</summary>
internal interface ICellCodec
{
    /// <summary>What the encoding takes, for people: completes "The field takes …".</summary>
    string Domain { get; }

    /// <summary>What a cell of it is, for people: completes "The cell is no …".</summary>
    string Form { get; }

    /// <summary>The cell of a value; false: the value is outside the encoding's domain.</summary>
    /// <param name="json">Canonical JSON.</param>
    /// <param name="cell">The bytes; they may share memory with <paramref name="json"/>.</param>
    bool TryEncode(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> cell);

    /// <summary>The value of a cell, whoever wrote it; false: it is not of this encoding. Never throws.</summary>
    /// <param name="cell">The bytes.</param>
    /// <param name="json">Canonical JSON; it may share memory with <paramref name="cell"/>.</param>
    bool TryDecode(ReadOnlyMemory<byte> cell, out ReadOnlyMemory<byte> json);
}
