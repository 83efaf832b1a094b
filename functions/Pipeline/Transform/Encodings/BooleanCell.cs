namespace MyriadSync.Pipeline.Transform.Encodings;

/// <summary>One byte: 0xFF for true and 0 for false, as HBase writes booleans; any other byte than 0 reads as true, as HBase reads them.</summary>
internal sealed class BooleanCell : ICellCodec
{
    private static readonly ReadOnlyMemory<byte> True = new byte[] { 0xFF };
    private static readonly ReadOnlyMemory<byte> False = new byte[] { 0 };
    private static readonly ReadOnlyMemory<byte> TrueJson = "true"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> FalseJson = "false"u8.ToArray();

    public string Domain => "true or false";

    public string Form => "boolean of 1 byte";

    public bool TryEncode(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> cell)
    {
        var isTrue = json.Span.SequenceEqual(TrueJson.Span);
        cell = isTrue ? True : False;
        return isTrue || json.Span.SequenceEqual(FalseJson.Span);
    }

    public bool TryDecode(ReadOnlyMemory<byte> cell, out ReadOnlyMemory<byte> json)
    {
        json = cell.Length == 1 && cell.Span[0] == 0 ? FalseJson : TrueJson;
        return cell.Length == 1;
    }
}
