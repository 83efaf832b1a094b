using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MyriadSync.Myriad.HBase;

/// <summary>
/// Sees to it that tables exist, with their families. Looks first and then only ever adds what is missing, by POST: a PUT of a schema drops
/// the families that it does not list, and a listed family loses the attributes that the request leaves out. So a family that exists is
/// never listed. Many may do this at once, here and in other processes: the outcome is read back, whoever was first.
/// </summary>
/// <param name="gateway">Where tables are looked at and created.</param>
/// <param name="families">Families that mappings name, beside those that every table has.</param>
/// <param name="others">Tables that others made, which are left as they are, and those beside them.</param>
/// <param name="logger">Where it tells what it created.</param>
internal sealed class TableKeeper(HBaseGateway gateway, IReadOnlyCollection<string> families, OtherTables others, ILogger logger)
{
    private readonly string[] _families = [.. new[] { StoreColumns.DataFamily, StoreColumns.MetaFamily }.Union(families)];

    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly HashSet<string> _good = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<TableCheck>> _underWay = new(StringComparer.Ordinal);

    /// <summary>Like <see cref="CheckAsync"/>, but believes an earlier look.</summary>
    public async Task<StoreAnswer> EnsureAsync(string table, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_good.Contains(table))
                return StoreAnswer.Ok;
        }

        return (await CheckAsync(table, cancellationToken)).Answer;
    }

    /// <summary>Looks at the table and creates what is missing. Callers at the same time share one look.</summary>
    public Task<TableCheck> CheckAsync(string table, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_underWay.TryGetValue(table, out var look))
                _underWay[table] = look = Task.Run(() => LookAsync(table), CancellationToken.None);
            return look.WaitAsync(cancellationToken);
        }
    }

    private async Task<TableCheck> LookAsync(string table)
    {
        try
        {
            // Not the token of the caller who happened to be first: others wait for the same look. The time-outs bound it.
            var check = await MendAsync(table, CancellationToken.None);
            lock (_lock)
            {
                if (check.Answer.Fault == StoreFault.None)
                    _good.Add(table);
                else
                    _good.Remove(table);
            }

            return check;
        }
        finally
        {
            lock (_lock)
                _underWay.Remove(table);
        }
    }

    private async Task<TableCheck> MendAsync(string table, CancellationToken cancellationToken)
    {
        var schema = await ReadSchemaAsync(table, cancellationToken);
        var needs = others.Of(table);
        if (schema.Kind == ReplyKind.MissingTable && needs is { MayCreate: false })
            return new(Missing($"the table {table} of store {needs.Store} does not exist, and is not created here"), Created: false);
        if (schema.Kind == ReplyKind.MissingTable && await EnsureNamespaceAsync(table, cancellationToken) is { } refusal)
            return new(refusal, Created: false);
        if (schema.Kind is not (ReplyKind.Ok or ReplyKind.MissingTable))
            return new(Fault(schema), Created: false);

        string[] missing = [.. (needs?.Families ?? _families).Where(family => schema.Value?.Contains(family) != true)];
        if (missing.Length == 0)
            return new(StoreAnswer.Ok, Created: false);
        if (needs is not null && Array.Find(missing, family => !needs.MayAdd.Contains(family)) is { } absent)
            return new(Missing($"the table {table} of store {needs.Store} has no family {absent}, and none is added here"), Created: false);

        var creation = await gateway.SendAsync(
            new() { Method = HttpMethod.Post, Path = GatewayPaths.Schema(table), Operation = "create", Table = table, Body = SchemaJson.Write(table, missing), IsAdmin = true },
            cancellationToken);
        var now = await ReadSchemaAsync(table, cancellationToken);
        if (now is { Kind: ReplyKind.Ok, Value: { } present } && missing.All(present.Contains))
        {
            Logs.Created(logger, schema.Kind == ReplyKind.Ok ? "families " + string.Join(", ", missing) : "the table", table);
            return new(StoreAnswer.Ok, Created: true);
        }

        if (creation.Fault != StoreFault.None)
            return new(Fault(creation), Created: false);
        return new(now.Fault != StoreFault.None ? Fault(now) : new() { Fault = StoreFault.Unavailable, Reason = "the table is not there yet" }, Created: false);
    }

    /// <summary>Null when the namespace is there now.</summary>
    private async Task<StoreAnswer?> EnsureNamespaceAsync(string table, CancellationToken cancellationToken)
    {
        var colon = table.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return null;

        var path = GatewayPaths.Namespace(table[..colon]);
        var look = await gateway.SendAsync(new() { Method = HttpMethod.Get, Path = path, Operation = "namespace" }, cancellationToken);
        // A namespace that does not exist is an internal error (500) to the gateway.
        if (look.Kind == ReplyKind.Ok)
            return null;
        if (look.Kind is not (ReplyKind.Internal or ReplyKind.MissingTable))
            return Fault(look);

        var creation = await gateway.SendAsync(new() { Method = HttpMethod.Post, Path = path, Operation = "create-namespace", IsAdmin = true }, cancellationToken);
        if (creation.Kind == ReplyKind.Ok)
        {
            Logs.Created(logger, "the namespace", table);
            return null;
        }

        // 403 also says that somebody else was first.
        var again = await gateway.SendAsync(new() { Method = HttpMethod.Get, Path = path, Operation = "namespace" }, cancellationToken);
        return again.Kind == ReplyKind.Ok ? null : Fault(creation);
    }

    private Task<GatewayReply<HashSet<string>>> ReadSchemaAsync(string table, CancellationToken cancellationToken) =>
        gateway.SendAsync(new() { Method = HttpMethod.Get, Path = GatewayPaths.Schema(table), Operation = "schema", Table = table }, SchemaJson.Families, cancellationToken);

    private StoreAnswer Missing(string trouble)
    {
        // Whoever waits for the table asks again and again: the log has it once.
        if (_told.TryAdd(trouble, true))
            Logs.TableUnfit(logger, trouble);
        return new() { Fault = StoreFault.Misconfigured, Reason = trouble };
    }

    private static StoreAnswer Fault<T>(GatewayReply<T> reply) => new() { Fault = reply.Fault, Reason = reply.Reason };
}
