using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>Cuts a commit's entries into as few segments as fit a row each.</summary>
internal static class SegmentPacker
{
    /// <summary>Ranges with their payloads; null when a single entry does not fit a row.</summary>
    public static List<(int From, int Count, byte[] Payload)>? Pack(IReadOnlyList<LogEntry> entries, long commitTs, string clientId)
    {
        var packed = new List<(int, int, byte[])>(1);
        return entries.Count == 0 || TryPack(0, entries.Count) ? packed : null;

        bool TryPack(int from, int count)
        {
            var payload = SegmentCodec.Encode(entries, from, count, commitTs, clientId);
            if (payload.Length <= LogFormat.MaxPayloadBytes)
            {
                packed.Add((from, count, payload));
                return true;
            }

            var half = count / 2;
            return half > 0 && TryPack(from, half) && TryPack(from + half, count - half);
        }
    }
}
