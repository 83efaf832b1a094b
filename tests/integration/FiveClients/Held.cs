using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>What a client knows of a record on the server.</summary>
/// <param name="Rev">Its rev; 0: the client never heard of it.</param>
/// <param name="Value">The record; null: there is none.</param>
internal sealed record Held(long Rev, JsonObject? Value)
{
    public static Held Nothing { get; } = new(0, null);

    public override string ToString() => $"rev {Rev} {Json.Text(Value)}";
}
