using System.Buffers.Text;
using System.Globalization;
using System.Text;
using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Redrives;

/// <summary>An entry's place in the order in which many are redriven: a client's changes in its own order, since each was made on top of the one before.</summary>
/// <param name="ClientId">The client; empty where there is none.</param>
/// <param name="Seq">Its seq.</param>
/// <param name="PoisonId">The entry.</param>
internal sealed record PoisonPosition(string ClientId, long Seq, string PoisonId) : IComparable<PoisonPosition>
{
    /// <summary>The place of an entry.</summary>
    public static PoisonPosition Of(PoisonEntry entry) => new(entry.Item.ClientId, entry.Item.Seq, entry.Item.PoisonId);

    /// <summary>Takes <see cref="ToString"/> back; null for anything else.</summary>
    public static PoisonPosition? Parse(string text)
    {
        if (!Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|');
        return parts.Length == 3 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? new PoisonPosition(parts[0], seq, parts[2]) : null;
    }

    /// <inheritdoc/>
    public int CompareTo(PoisonPosition? other) => other is null
        ? 1
        : (string.CompareOrdinal(ClientId, other.ClientId), Seq.CompareTo(other.Seq), string.CompareOrdinal(PoisonId, other.PoisonId)) switch
        {
            (not 0 and var byClient, _, _) => byClient,
            (_, not 0 and var bySeq, _) => bySeq,
            (_, _, var byId) => byId,
        };

    /// <summary>An opaque token.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{ClientId}|{Seq}|{PoisonId}")));
}
