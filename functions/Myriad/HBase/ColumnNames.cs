using System.Buffers.Text;
using System.Text;

namespace MyriadSync.Myriad.HBase;

/// <summary>Remembers the columns of an answer: the same few come in every row, mostly in the same order, and need one string each.</summary>
internal sealed class ColumnNames
{
    private const int Most = 256;

    private readonly List<(byte[] Base64, string Name)> _seen = [];
    private int _next;

    /// <summary>The column behind its base64 form.</summary>
    public string Get(ReadOnlySpan<byte> base64)
    {
        for (var i = 0; i < _seen.Count; i++)
        {
            var place = (_next + i) % _seen.Count;
            if (base64.SequenceEqual(_seen[place].Base64))
            {
                _next = place + 1;
                return _seen[place].Name;
            }
        }

        var name = Decode(base64);
        if (_seen.Count < Most)
            _seen.Add((base64.ToArray(), name));
        return name;
    }

    /// <summary>Text behind base64.</summary>
    public static string Decode(ReadOnlySpan<byte> base64) => Decode(base64, Encoding.UTF8);

    /// <summary>Bytes behind base64, a character each.</summary>
    public static string DecodeBytes(ReadOnlySpan<byte> base64) => Decode(base64, Encoding.Latin1);

    private static string Decode(ReadOnlySpan<byte> base64, Encoding encoding)
    {
        const int OnStack = 1024;
        Span<byte> bytes = base64.Length <= OnStack ? stackalloc byte[OnStack] : new byte[base64.Length];
        if (Base64.DecodeFromUtf8(base64, bytes, out _, out var written) != System.Buffers.OperationStatus.Done)
            throw new FormatException("Not base64.");
        return encoding.GetString(bytes[..written]);
    }
}
