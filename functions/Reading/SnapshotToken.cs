using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MyriadSync.Reading;

/// <summary>Where a snapshot goes on. Opaque on the wire: base64url of <c>1|epoch|seq|hash of dataset and stores|row</c>.</summary>
/// <param name="Epoch">Epoch of the log when the snapshot began; empty: it had no commit.</param>
/// <param name="Seq">The log's head before its first page was read.</param>
/// <param name="Scope">Hash of the dataset and the stores asked for.</param>
/// <param name="Row">First row of the page (inclusive).</param>
internal sealed record SnapshotToken(string Epoch, long Seq, string Scope, string Row)
{
    public static string ScopeOf(string dataset, IEnumerable<string>? stores) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataset + "|" + string.Join('|', stores?.Order(StringComparer.Ordinal) ?? (IEnumerable<string>)["*"]))))[..16];

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1|{Epoch}|{Seq}|{Scope}|{Row}")));

    public static SnapshotToken? Parse(string text)
    {
        if (text.Length > 4096 || !Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|');
        return parts.Length == 5 && parts[0] == "1" && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            && parts[4].All(c => char.IsAsciiLetterOrDigit(c) || "-._~\x7f".Contains(c, StringComparison.Ordinal))
            ? new SnapshotToken(parts[1], seq, parts[3], parts[4])
            : null;
    }
}
