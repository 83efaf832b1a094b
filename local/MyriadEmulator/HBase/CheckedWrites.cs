using System.Text;
using Microsoft.AspNetCore.Http;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary><c>PUT /{table}/{row}?check=put|delete</c>: a write that happens only if a cell still holds a value. One row only.</summary>
internal sealed class CheckedWrites(CellStore store)
{
    public Answer Handle(GatewayRequest request, string table)
    {
        if (Negotiation.CheckContentType(request.Context.Request) is { } refusal)
            return refusal;
        var kind = request.Query("check")!;
        if (kind is "increment" or "append")
            return Answer.NotEmulated($"?check={kind}");
        if (kind is not ("put" or "delete"))
            return Answer.Text(400, $"Invalid check value '{kind}'\r\n");
        if (RowSpec.Parse(string.Join('/', request.Segments[1..])) is not { } path)
            return Answer.RequestFailed;
        using var batch = new MutationBatch();
        if (new CellSetReader(request.Body.Written.Span, batch, path).Read() is { } error)
            return error;
        if (batch.RowCount != 1)
            return Answer.Text(400, "Bad request: Number of rows specified is not 1.\r\n");
        return store.FindTable(table) is { } schema ? Apply(schema, path, batch, isPut: kind == "put") : Answer.TableNotFound(table);
    }

    private Answer Apply(TableSchema table, RowSpec path, MutationBatch given, bool isPut)
    {
        var row = given.Rows[0];
        var edits = given.Edits(row);
        if (isPut && edits.Length < 2)
            return Answer.Text(400, "Bad request: Either row key is null or no data found for columns specified.\r\n");
        var check = edits[^1];
        if (check.Qualifier.Length == 0)
            return Answer.Text(400, "Bad request: Column incorrectly specified.\r\n");
        if (isPut && !IsAmong(given, edits[..^1], check))
            return Answer.Text(400, "Bad request: The column to put and check do not match.\r\n");
        if (!isPut && edits.Length > 1)
            return Answer.NotEmulated("?check=delete with more than the cell to check");

        using var batch = new MutationBatch();
        if (isPut)
            CopyPuts(given, row, batch);
        else
            AddDeletes(given, check, path, batch);
        var expected = Expected.Of(given, check);
        var result = store.ApplyIf(table, given.Bytes(row.Key).ToArray(), (schema, packed) => expected.Holds(schema, packed, store.Now), batch);
        return result.CheckFailed
            ? new Answer(StatusCodes.Status304NotModified, "text/plain")
            : RowResource.ToAnswer(result, table.Name);
    }

    private static bool IsAmong(MutationBatch batch, ReadOnlySpan<Edit> puts, Edit check)
    {
        foreach (ref readonly var put in puts)
        {
            if (batch.Bytes(put.Family).SequenceEqual(batch.Bytes(check.Family)) && batch.Bytes(put.Qualifier).SequenceEqual(batch.Bytes(check.Qualifier)))
                return true;
        }
        return false;
    }

    private static void CopyPuts(MutationBatch given, in RowEdits row, MutationBatch batch)
    {
        batch.BeginRow(batch.Copy(given.Bytes(row.Key)));
        foreach (ref readonly var put in given.Edits(row)[..^1])
        {
            batch.Add(
                EntryKind.Put, batch.Copy(given.Bytes(put.Family)), batch.Copy(given.Bytes(put.Qualifier)), put.Timestamp, batch.Copy(given.Bytes(put.Value)));
        }
    }

    /// <summary>The cell that is checked goes, and the columns that the path names.</summary>
    private static void AddDeletes(MutationBatch given, Edit check, RowSpec path, MutationBatch batch)
    {
        batch.BeginRow(batch.Copy(given.Bytes(given.Rows[0].Key)));
        batch.Add(EntryKind.ColumnMarker, batch.Copy(given.Bytes(check.Family)), batch.Copy(given.Bytes(check.Qualifier)), long.MaxValue, default);
        foreach (var (family, qualifier) in path.Columns)
        {
            var name = batch.Copy(Encoding.UTF8.GetBytes(family));
            if (qualifier is null)
                batch.Add(EntryKind.FamilyMarker, name, default, long.MaxValue, default);
            else
                batch.Add(EntryKind.ColumnMarker, name, batch.Copy(qualifier), long.MaxValue, default);
        }
    }

    /// <summary>What the checked cell has to hold; empty stands for "absent or empty".</summary>
    private sealed record Expected(string Family, byte[] Qualifier, byte[] Value)
    {
        public static Expected Of(MutationBatch batch, Edit check) =>
            new(Encoding.UTF8.GetString(batch.Bytes(check.Family)), batch.Bytes(check.Qualifier).ToArray(), batch.Bytes(check.Value).ToArray());

        public bool Holds(TableSchema table, byte[] packed, long now)
        {
            var read = new ReadSpec();
            read.Select(Family, Qualifier);
            var cells = new VisibleCells(packed, table, read, now);
            return cells.Next() ? cells.Value.SequenceEqual(Value) : Value.Length == 0;
        }
    }
}
