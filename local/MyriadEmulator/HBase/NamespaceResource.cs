using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary><c>/namespaces</c>, <c>/namespaces/{ns}</c> and <c>/namespaces/{ns}/tables</c>.</summary>
internal sealed class NamespaceResource(CellStore store)
{
    public Answer Handle(GatewayRequest request)
    {
        if (request.IsRead && Negotiation.CheckAccept(request.Context.Request, isRow: false) is { } refusal)
            return refusal;
        if (request.Segments.Length == 1)
            return request.IsRead ? List() : Answer.MethodNotAllowed("GET,OPTIONS");
        var name = request.Decoded(1);
        if (request.Segments.Length == 3)
        {
            if (request.Segments[2] != "tables")
                return Answer.NoSuchPath;
            return request.IsRead ? store.WithCatalog(catalog => Tables(catalog, name)) : Answer.MethodNotAllowed("GET,OPTIONS");
        }
        if (request.IsRead)
            return store.WithCatalog(catalog => Get(catalog, name));
        if (HttpMethods.IsDelete(request.Method))
            return store.WithCatalog(catalog => Drop(catalog, name));
        return request.IsPutOrPost ? Put(request, name) : Answer.MethodNotAllowed(RowResource.Methods) with { ContainerMessage = null };
    }

    private static Answer Get(Catalog catalog, string name) => catalog.Namespaces.TryGetValue(name, out var properties)
        ? Answer.Json($$"""{"properties":{{properties}}}""")
        : Answer.RequestFailed;

    private static Answer Tables(Catalog catalog, string name) => catalog.Namespaces.ContainsKey(name)
        ? Answer.Json(TableList.Of(catalog.Tables.Keys.Where(table => Catalog.NamespaceOf(table) == name).Select(table => table[(table.IndexOf(':', StringComparison.Ordinal) + 1)..])))
        : Answer.RequestFailed;

    private static Answer Drop(Catalog catalog, string name)
    {
        if (!catalog.Namespaces.ContainsKey(name))
            return Answer.Text(404, $"Namespace '{name}' does not exists.  Cannot drop namespace.");
        if (catalog.Tables.Keys.Any(table => Catalog.NamespaceOf(table) == name))
            return Answer.NotEmulated("the refusal to drop a namespace with tables in it");
        catalog.DropNamespace(name);
        return Answer.Ok;
    }

    private Answer List() => store.WithCatalog(catalog => Answer.Json(JsonSerializer.Serialize(new { Namespace = catalog.Namespaces.Keys })));

    private Answer Put(GatewayRequest request, string name)
    {
        if (!JsonBody.TryParse(request, out var body))
            return Answer.RequestFailed;
        var properties = body is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("properties", out var named) ? Compact(named) : "null";
        return store.WithCatalog(catalog =>
        {
            var exists = catalog.Namespaces.ContainsKey(name);
            var creates = HttpMethods.IsPost(request.Method);
            if (creates && exists)
                return Answer.Text(403, $"Namespace '{name}' already exists.  Use REST PUT to alter the existing namespace.");
            if (!creates && !exists)
                return Answer.Text(403, $"Namespace '{name}' does not exist. Use REST POST to create the namespace.");
            catalog.PutNamespace(name, properties);
            var location = request.BaseUrl + request.Path;
            return creates ? Answer.Created(location) : Answer.Json($"\"{location}\"");
        });
    }

    private static string Compact(JsonElement properties) =>
        properties.ValueKind == JsonValueKind.Object && properties.EnumerateObject().Any() ? JsonSerializer.Serialize(properties) : "null";
}
