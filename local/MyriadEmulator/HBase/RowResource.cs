using System.Text;
using Microsoft.AspNetCore.Http;
using MyriadSync.MyriadEmulator.Faults;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary><c>/{table}/{row}[/{columns}[/{timestamps}]]</c>: bulk and single writes, reads of one row, deletes.</summary>
internal sealed class RowResource(CellStore store, FaultBoard faults)
{
    public const string Methods = "DELETE,POST,GET,OPTIONS,PUT";

    public Answer Handle(GatewayRequest request, string table)
    {
        if (request.HasOtherKeyEncoding)
            return Answer.NotEmulated("row keys in another encoding than b64");
        var spec = RowSpec.Parse(string.Join('/', request.Segments[1..]), request.IsInBase64);
        if (spec is null || !request.IsWellFormed)
            return Answer.RequestFailed;
        if (spec.IsRange)
            return Answer.NotEmulated("row ranges in the path");
        if (request.IsPutOrPost)
            return Put(request, table, spec);
        if (HttpMethods.IsDelete(request.Method))
            return Delete(table, spec);
        return request.IsRead ? Get(request, table, spec) : Answer.MethodNotAllowed(Methods) with { ContainerMessage = null };
    }

    private Answer Put(GatewayRequest request, string table, RowSpec spec)
    {
        if (Negotiation.CheckContentType(request.Context.Request) is { } refusal)
            return refusal;
        using var batch = new MutationBatch();
        if (new CellSetReader(request.Body.Written.Span, batch, spec).Read() is { } error)
            return error;
        if (batch.RowCount == 0)
            return Answer.Ok;
        if (IsRefused(batch))
        {
            return Answer.BadRequest(
                "java.lang.IllegalArgumentException: KeyValue size too large", "client.ConnectionUtils.validatePut(ConnectionUtils.java:518)");
        }
        if (request.StoresHalf)
            batch.KeepRows(batch.RowCount / 2);
        return store.FindTable(table) is { } schema ? ToAnswer(store.Apply(schema, batch), table) : Answer.TableNotFound(table);
    }

    /// <summary>A fault: rows that the gateway takes for too large, whatever they hold.</summary>
    private bool IsRefused(MutationBatch batch)
    {
        var active = faults.Active;
        if (!active.RefusesRows)
            return false;
        foreach (ref readonly var row in batch.Rows)
        {
            if (active.Refuses(Encoding.UTF8.GetString(batch.Bytes(row.Key))))
                return true;
        }
        return false;
    }

    private Answer Get(GatewayRequest request, string table, RowSpec spec)
    {
        if (Negotiation.CheckAccept(request.Context.Request, isRow: true) is { } refusal)
            return refusal;
        if (!ReadVersions(request, out var versions))
            return Answer.RequestFailed;
        if (spec.BadRange is { } badRange)
            return badRange;
        if (versions <= 0)
            return Answer.Unavailable("java.io.IOException: versions must be positive", "client.Get.readVersions(Get.java:295)");
        // A missing table or family is no error here: the gateway swallows it and finds nothing.
        if (store.FindTable(table) is not { } schema || Names.UnknownFamily(schema, spec.Columns) is not null)
            return Answer.NotFound;

        var writer = new CellSetWriter(request.Output);
        writer.Begin();
        var read = spec.ToRead(versions);
        store.Read(schema, spec.Row, (key, packed) =>
        {
            var cells = new VisibleCells(packed, schema, read, store.Now);
            writer.WriteRow(key, ref cells);
            return true;
        });
        writer.End();
        return writer.Rows > 0 ? Answer.Cells : Answer.NotFound;
    }

    private Answer Delete(string table, RowSpec spec)
    {
        if (spec.HasTimes && spec.To < 0)
            return Answer.RequestFailed;
        if (store.FindTable(table) is not { } schema)
            return Answer.TableNotFound(table);
        using var batch = new MutationBatch();
        Deletes.Add(batch, schema, spec);
        return ToAnswer(store.Apply(schema, batch), table);
    }

    internal static Answer ToAnswer(ApplyResult result, string table) => result switch
    {
        { TableMissing: true } => Answer.TableNotFound(table),
        { UnknownFamily: { } family } => Answer.NoSuchFamily(family, table),
        _ => Answer.Ok,
    };

    /// <summary>False if <c>v</c> is not a number.</summary>
    internal static bool ReadVersions(GatewayRequest request, out int versions)
    {
        versions = 1;
        return request.Query("v") is not { } text || int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out versions);
    }
}
