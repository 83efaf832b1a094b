using Microsoft.AspNetCore.Http;
using MyriadSync.MyriadEmulator.Faults;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>Finds the resource that a path names, in the order in which the gateway does.</summary>
internal sealed class HBaseGateway(CellStore store, FaultBoard faults)
{
    private const string ReadOnlyMethods = "GET,OPTIONS";

    private readonly RowResource _rows = new(store, faults);
    private readonly CheckedWrites _checks = new(store);
    private readonly MultiGetResource _multiGet = new(store);
    private readonly ScanResource _scans = new(store);
    private readonly ScannerResource _scanners = new(store);
    private readonly SchemaResource _schemas = new(store);
    private readonly NamespaceResource _namespaces = new(store);
    private readonly ClusterResource _cluster = new(store);

    public async ValueTask<Answer> HandleAsync(GatewayRequest request)
    {
        if (!request.HasGoodPath)
            return Answer.BadMessage;
        if (HttpMethods.IsOptions(request.Method))
            return Answer.RequestFailed;
        var segments = request.Segments;
        var second = segments.Length > 1 ? segments[1] : null;
        return segments[0] switch
        {
            "" => ReadOnly(request, () => _cluster.ListTables()),
            "version" => ReadOnly(request, () => ClusterResource.Version(second)),
            "status" when second == "cluster" => ReadOnly(request, _cluster.Status),
            "namespaces" => _namespaces.Handle(request),
            _ when string.IsNullOrEmpty(second) => Answer.NoSuchPath,
            _ => await HandleTableAsync(request, second),
        };
    }

    private static Answer ReadOnly(GatewayRequest request, Func<Answer> read) => request.IsRead
        ? Negotiation.CheckAccept(request.Context.Request, isRow: false) ?? read()
        : Answer.MethodNotAllowed(ReadOnlyMethods);

    private async ValueTask<Answer> HandleTableAsync(GatewayRequest request, string second)
    {
        var table = request.Decoded(0);
        switch (second)
        {
            case "schema":
                return _schemas.Handle(request, table);
            case "exists":
                return request.IsRead ? Exists(table) : Answer.MethodNotAllowed(ReadOnlyMethods);
            case "regions":
                return ReadOnly(request, () => _cluster.Regions(table));
            case "scanner":
                return _scanners.Handle(request, table);
            case "multiget":
                return request.IsRead ? _multiGet.Get(request, table) : Answer.MethodNotAllowed(ReadOnlyMethods);
        }
        if (second.EndsWith('*'))
            return request.IsRead ? await _scans.GetAsync(request, table, second) : Answer.MethodNotAllowed(ReadOnlyMethods);
        if (!string.IsNullOrEmpty(request.Query("check")) && request.IsPutOrPost)
            return _checks.Handle(request, table);
        return _rows.Handle(request, table);
    }

    private Answer Exists(string table) => (store.FindTable(table) is null ? Answer.NotFound : Answer.Ok) with { NoCache = store.FindTable(table) is not null };
}
