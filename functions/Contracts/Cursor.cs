using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MyriadSync.Contracts;

/// <summary>A place in a dataset's log: everything up to and with <see cref="Seq"/> has been seen. Opaque on the wire.</summary>
/// <param name="Epoch">Epoch of the log.</param>
/// <param name="Seq">Last seq seen; 0 is the beginning.</param>
public readonly record struct Cursor(string Epoch, long Seq)
{
    /// <summary>Epoch in cursors of a dataset that has no commit yet; good for the beginning of any log.</summary>
    public const string NoEpoch = "00000000000000000000000000000000";

    /// <summary>The wire form: base64url of <c>1|epoch|seq</c>.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1|{Epoch}|{Seq}")));

    /// <summary>Reads <see cref="ToString"/>'s form; false for anything else.</summary>
    public static bool TryParse(string? text, out Cursor cursor)
    {
        cursor = default;
        if (string.IsNullOrEmpty(text) || text.Length > 128 || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('|');
        if (parts.Length != 3 || parts[0] != "1" || !Guid.TryParseExact(parts[1], "n", out _)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
        {
            return false;
        }

        cursor = new Cursor(parts[1], seq);
        return cursor.ToString() == text;
    }
}
