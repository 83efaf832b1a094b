using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>An edit in an outbox.</summary>
/// <param name="Record">The record.</param>
/// <param name="Change">The change; seq and base come when it is sent.</param>
internal sealed record QueuedEdit(RecordName Record, JsonObject Change)
{
    /// <summary>The rev that it knows; 0: it believes that the record is new.</summary>
    public long Base { get; set; }

    public bool IsPatch => (string)Change["op"]! == "patch";

    /// <summary>The change as it is sent.</summary>
    public JsonObject Number(long seq)
    {
        Change["seq"] = seq;
        if (Base > 0)
            Change["base"] = Base;
        return Change.DeepClone().AsObject();
    }

    /// <summary>What an edit that came back assigns, to be made once more.</summary>
    public static JsonObject Anew(JsonObject change) => new(change.Where(member => member.Key is "store" or "key" or "op" or "set" or "unset").Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
}
