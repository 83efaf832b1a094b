using System.Text.Json;
using System.Text.Json.Nodes;
using MyriadSync.Contracts;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>
/// Writes the batches of one client: counts its seqs and reads its clock. Other than with <see cref="SyncClient"/>, to which instance they go, as whom
/// and how often is for the test to say (<see cref="WireApi"/>).
/// </summary>
internal sealed class WireClient(string clientId)
{
    private const string DefaultStore = "todos";

    /// <summary>The client's id.</summary>
    public string ClientId => clientId;

    /// <summary>Seq of the next change. A test that plays a client which lost its data sets it back.</summary>
    public long NextSeq { get; set; } = 1;

    /// <summary>A put of a whole record.</summary>
    public JsonObject Put(string key, object value, long? @base = null) => Change("put", key, @base, ("value", value));

    /// <summary>A patch that sets one field.</summary>
    public JsonObject Set(string key, string field, object value, long? @base = null) =>
        Change("patch", key, @base, ("set", new Dictionary<string, object> { ["/" + field] = value }));

    /// <summary>A patch that adds to one field.</summary>
    public JsonObject Inc(string key, string field, long by, long? @base = null) =>
        Change("patch", key, @base, ("inc", new Dictionary<string, object> { ["/" + field] = by }));

    /// <summary>A delete.</summary>
    public JsonObject Delete(string key, long? @base = null) => Change("delete", key, @base);

    /// <summary>A change of any op, right or wrong.</summary>
    public JsonObject Change(string op, string key, long? @base, params (string Name, object Value)[] members)
    {
        var seq = NextSeq++;
        var change = new JsonObject
        {
            ["seq"] = seq,
            ["store"] = DefaultStore,
            ["key"] = key,
            ["op"] = op,
            ["at"] = HybridTime.FromMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), clientId, (int)(seq & 0xFFFF)).ToString(),
        };
        if (@base is not null)
            change["base"] = @base;
        foreach (var (name, value) in members)
            change[name] = JsonSerializer.SerializeToNode(value);
        return change;
    }

    /// <summary>A batch of changes made before.</summary>
    public WireBatch Batch(string batchId, params IEnumerable<JsonObject> changes)
    {
        var body = new JsonObject
        {
            ["schemaVersion"] = 1,
            ["clientId"] = clientId,
            ["batchId"] = batchId,
            ["changes"] = new JsonArray([.. changes]),
        };
        return new WireBatch(clientId, batchId, body.ToJsonString());
    }
}
