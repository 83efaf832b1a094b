using System.Buffers;
using System.Text;
using System.Text.Unicode;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Encodings;

/// <summary>A string as bare UTF-8 text. What UTF-8 cannot write, a lone surrogate, is outside its domain.</summary>
internal sealed class Utf8Cell : ICellCodec
{
    public string Domain => "a string without lone surrogates";

    public string Form => "UTF-8 text";

    public bool TryEncode(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> cell)
    {
        cell = default;
        if (json.Span[0] != '"')
        {
            return false;
        }

        // A canonical string without escapes is its own UTF-8.
        var body = json[1..^1];
        if (!body.Span.Contains((byte)'\\'))
        {
            cell = body;
            return true;
        }

        if (!WireText.TryRead(body.Span, out var text))
        {
            return false;
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var valid = Utf8.FromUtf16(text, bytes, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done;
        cell = bytes.AsMemory(0, written);
        return valid;
    }

    public bool TryDecode(ReadOnlyMemory<byte> cell, out ReadOnlyMemory<byte> json)
    {
        json = default;
        if (!Utf8.IsValid(cell.Span))
        {
            return false;
        }

        json = WireText.ToJson(Encoding.UTF8.GetString(cell.Span));
        return true;
    }
}
