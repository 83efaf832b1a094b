using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Transform.Encodings;

/// <summary>
/// Canonical JSON. It takes every value, and every cell reads: one that is no JSON as text, one that is no UTF-8 either as binary, so that a job that
/// writes bare words is understood.
/// </summary>
internal sealed class JsonCell : ICellCodec
{
    public string Domain => "any value";

    public string Form => "JSON";

    public bool TryEncode(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> cell)
    {
        cell = json;
        return true;
    }

    public bool TryDecode(ReadOnlyMemory<byte> cell, out ReadOnlyMemory<byte> json)
    {
        json = ValueColumns.ToJson(cell);
        return true;
    }
}
