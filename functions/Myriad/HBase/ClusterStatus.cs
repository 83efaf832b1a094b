using System.Text.Json;

namespace MyriadSync.Myriad.HBase;

/// <summary>The part of <c>/status/cluster</c> that says whether anybody is there.</summary>
/// <param name="Live">Region servers alive.</param>
/// <param name="Dead">Region servers taken for dead.</param>
internal sealed record ClusterStatus(int Live, int Dead)
{
    public static ClusterStatus Read(ReadOnlySpan<byte> body)
    {
        // The answer lists every region of the cluster: it is passed over, not kept.
        var reader = new Utf8JsonReader(body);
        int? live = null;
        var dead = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("No cluster status.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("LiveNodes"u8))
                live = Count(ref reader);
            else if (reader.ValueTextEquals("DeadNodes"u8))
                dead = Count(ref reader);
            else if (reader.Read())
                reader.Skip();
        }

        return new(live ?? throw new JsonException("No cluster status."), dead);
    }

    private static int Count(ref Utf8JsonReader reader)
    {
        var count = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return count;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }

        return count;
    }
}
