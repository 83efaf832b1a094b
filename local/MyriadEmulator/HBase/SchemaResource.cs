using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>
/// <c>/{table}/schema</c>, with its traps: PUT drops the families that it does not list, POST resets the attributes that it does not list.
/// </summary>
internal sealed class SchemaResource(CellStore store)
{
    private const string CheckerLine = "util.TableDescriptorChecker.warnOrThrowExceptionForFailure(TableDescriptorChecker.java:318)";

    private static readonly string[] NotEmulated = ["KEEP_DELETED_CELLS", "MIN_VERSIONS", "NEW_VERSION_BEHAVIOR"];

    public Answer Handle(GatewayRequest request, string table)
    {
        if (request.IsRead)
            return Negotiation.CheckAccept(request.Context.Request, isRow: false) ?? Get(table);
        if (HttpMethods.IsDelete(request.Method))
            return store.WithCatalog(catalog => Drop(catalog, table));
        if (!request.IsPutOrPost)
            return Answer.MethodNotAllowed(RowResource.Methods) with { ContainerMessage = null };
        if (Negotiation.CheckContentType(request.Context.Request) is { } refusal)
            return refusal;
        if (!JsonBody.TryParse(request, out var body) || body is { ValueKind: not JsonValueKind.Object })
            return Answer.RequestFailed;
        if (body is not { } schema)
        {
            return Answer.BadRequest(
                "java.lang.NullPointerException: Cannot invoke \"TableSchemaModel.getColumns()\" because \"model\" is null", "rest.SchemaResource.update(SchemaResource.java:148)");
        }
        return Update(request, table, schema);
    }

    private Answer Update(GatewayRequest request, string table, JsonElement schema)
    {
        if (!Names.IsTable(table, out var badAt))
        {
            return Answer.BadRequest(
                $"java.lang.IllegalArgumentException: Illegal character code:{(int)table[badAt]}, <{table[badAt]}> at {badAt}. User-space table qualifiers may only contain "
                + $"'alphanumeric characters' and digits: {table}",
                "TableName.isLegalTableQualifierName(TableName.java:184)");
        }
        if (FamilyReader.Read(schema, out var families) is { } error)
            return error;
        if (families.SelectMany(family => family.Given).FirstOrDefault(pair => NotEmulated.Contains(pair.Key) && !IsDefault(pair)) is { Key: { } attribute })
            return Answer.NotEmulated($"the family attribute {attribute}");

        var replaced = new List<TableSchema>();
        var answer = store.WithCatalog(catalog => catalog.Tables.TryGetValue(table, out var existing)
            ? Alter(catalog, existing, families, request, replaced)
            : Create(catalog, table, families, FamilyReader.TableAttributes(schema), request));
        foreach (var altered in replaced)
            Maintenance.DropUnknownFamilies(store, altered);
        return answer;
    }

    private Answer Create(Catalog catalog, string table, List<FamilySchema> families, List<KeyValuePair<string, string>> attributes, GatewayRequest request)
    {
        var name = Catalog.NamespaceOf(table);
        if (!catalog.Namespaces.ContainsKey(name))
        {
            return Answer.Unavailable(
                $"org.apache.hadoop.hbase.NamespaceNotFoundException: org.apache.hadoop.hbase.NamespaceNotFoundException: {name}",
                "master.ClusterSchemaServiceImpl.getNamespace(ClusterSchemaServiceImpl.java:116)");
        }
        if (families.Count == 0)
            return NoFamilies();
        catalog.PutTable(new TableSchema(catalog.NextTableId(), table, store.Now, attributes, families));
        return Created(request);
    }

    private static Answer Alter(Catalog catalog, TableSchema existing, List<FamilySchema> families, GatewayRequest request, List<TableSchema> replaced)
    {
        var replaces = HttpMethods.IsPut(request.Method);
        if (replaces && families.Count == 0)
            return NoFamilies();
        var kept = replaces ? [] : existing.Families.Where(old => !families.Exists(family => family.Name == old.Name));
        var altered = new TableSchema(existing.Id, existing.Name, existing.CreatedAtMs, existing.Attributes, kept.Concat(families));
        catalog.PutTable(altered);
        replaced.Add(altered);
        return replaces ? Created(request) : Answer.Ok;
    }

    private Answer Drop(Catalog catalog, string table)
    {
        if (!catalog.Tables.TryGetValue(table, out var schema))
            return Answer.TableNotFound(table);
        store.DropRows(schema);
        catalog.DropTable(schema);
        return Answer.Ok;
    }

    private Answer Get(string table)
    {
        if (store.FindTable(table) is not { } schema)
            return Answer.TableNotFound(table);
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("name", schema.Name);
            writer.WriteStartArray("ColumnSchema");
            foreach (var family in schema.Families)
                WriteFamily(writer, family);
            writer.WriteEndArray();
            writer.WriteString("IS_META", "false");
            foreach (var (name, value) in schema.Attributes)
                writer.WriteString(name, value);
            writer.WriteString("hbase.store.file-tracker.impl", "DEFAULT");
            writer.WriteEndObject();
        }
        return Answer.Json(Encoding.UTF8.GetString(json.WrittenSpan)) with { NoCache = true };
    }

    private static void WriteFamily(Utf8JsonWriter writer, FamilySchema family)
    {
        writer.WriteStartObject();
        writer.WriteString("name", family.Name);
        foreach (var (attribute, value) in family.Attributes)
            writer.WriteString(attribute, value);
        writer.WriteEndObject();
    }

    private static bool IsDefault(KeyValuePair<string, string> attribute) => attribute.Value.ToUpperInvariant() is "FALSE" or "0";

    private static Answer Created(GatewayRequest request) => Answer.Created(request.BaseUrl + request.Path);

    private static Answer NoFamilies() => Answer.Unavailable(
        "org.apache.hadoop.hbase.DoNotRetryIOException: org.apache.hadoop.hbase.DoNotRetryIOException: Table should have at least one column family. "
        + "Set hbase.table.sanity.checks to false at conf or table descriptor if you want to bypass sanity checks",
        CheckerLine);
}
