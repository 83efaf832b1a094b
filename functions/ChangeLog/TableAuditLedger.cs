using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;

namespace MyriadSync.ChangeLog;

/// <summary>
/// Audits among the <see cref="NoteTable"/>: a row a table for the marks, a row a dataset for how far its log was compared, a row a page. Places of a table may
/// be longer than a row key of storage: pages go by their digests.
/// </summary>
internal sealed class TableAuditLedger(TableServiceClient service) : IAuditLedger
{
    private const string Marks = "audits";
    private const string Seq = "Seq";

    private readonly NoteTable _notes = new(service, "A note of the audit");

    public async Task<AuditMark> ReadAsync(string table, CancellationToken cancellationToken) =>
        await _notes.FindAsync(Marks, table, cancellationToken) is { } note ? ReadMark(note) : new AuditMark { Table = table };

    public async Task<AuditMark?> MoveAsync(AuditMark mark, CancellationToken cancellationToken) =>
        await _notes.MoveAsync(Write(mark), mark.ETag, cancellationToken) is { } moved ? mark with { ETag = moved } : null;

    public async Task<long> ReadSeqAsync(string table, string dataset, CancellationToken cancellationToken) =>
        (await _notes.FindAsync(Logs(table), dataset, cancellationToken))?.GetInt64(Seq) ?? 0;

    public Task WriteSeqAsync(string table, string dataset, long seq, CancellationToken cancellationToken)
    {
        var note = NoteTable.New(Logs(table), dataset);
        note[Seq] = seq;
        return _notes.WriteAsync(note, cancellationToken);
    }

    public async Task<AuditPage?> ReadPageAsync(string table, string start, CancellationToken cancellationToken) =>
        await _notes.FindAsync(Pages(table), KeyOf(start), cancellationToken) is { } note ? ReadPage(note) : null;

    public Task WritePageAsync(string table, AuditPage page, CancellationToken cancellationToken)
    {
        var note = NoteTable.New(Pages(table), KeyOf(page.Start));
        note[nameof(AuditPage.Start)] = Bytes(page.Start);
        note[nameof(AuditPage.End)] = Bytes(page.End);
        note[nameof(AuditPage.Count)] = page.Count;
        note[nameof(AuditPage.First)] = Bytes(page.First);
        note[nameof(AuditPage.Last)] = Bytes(page.Last);
        note[nameof(AuditPage.Digest)] = page.Digest;
        note[nameof(AuditPage.Keys)] = page.Keys;
        return _notes.WriteAsync(note, cancellationToken);
    }

    public Task DropPageAsync(string table, string start, CancellationToken cancellationToken) => _notes.DropAsync(Pages(table), KeyOf(start), cancellationToken);

    private static TableEntity Write(AuditMark mark)
    {
        var note = NoteTable.New(Marks, mark.Table);
        note[nameof(AuditMark.Phase)] = (int)mark.Phase;
        note[nameof(AuditMark.Dataset)] = mark.Dataset;
        note[nameof(AuditMark.Position)] = Bytes(mark.Position);
        note[nameof(AuditMark.Rows)] = mark.Rows;
        note[nameof(AuditMark.LastRows)] = mark.LastRows;
        note[nameof(AuditMark.Changed)] = mark.Changed;
        note[nameof(AuditMark.Gone)] = mark.Gone;
        note[nameof(AuditMark.Deferred)] = mark.Deferred;
        note[nameof(AuditMark.Counted)] = mark.Counted;
        note[nameof(AuditMark.Count)] = mark.Count;
        note[nameof(AuditMark.Loading)] = NoteTable.Names(mark.Loading);
        if (mark.BegunAt is { } begun)
        {
            note[nameof(AuditMark.BegunAt)] = begun;
        }

        if (mark.EndedAt is { } ended)
        {
            note[nameof(AuditMark.EndedAt)] = ended;
        }

        return note;
    }

    private static AuditMark ReadMark(TableEntity note) => new()
    {
        Table = note.RowKey,
        Phase = (AuditPhase)note.GetInt32(nameof(AuditMark.Phase))!.Value,
        BegunAt = note.GetDateTimeOffset(nameof(AuditMark.BegunAt)),
        EndedAt = note.GetDateTimeOffset(nameof(AuditMark.EndedAt)),
        Dataset = note.GetString(nameof(AuditMark.Dataset)),
        Position = Text(note, nameof(AuditMark.Position)),
        Rows = note.GetInt64(nameof(AuditMark.Rows))!.Value,
        LastRows = note.GetInt64(nameof(AuditMark.LastRows))!.Value,
        Changed = note.GetInt64(nameof(AuditMark.Changed))!.Value,
        Gone = note.GetInt64(nameof(AuditMark.Gone))!.Value,
        Deferred = note.GetInt64(nameof(AuditMark.Deferred))!.Value,
        Counted = note.GetString(nameof(AuditMark.Counted)) ?? "",
        Count = note.GetInt64(nameof(AuditMark.Count)) ?? 0,
        Loading = NoteTable.Names(note, nameof(AuditMark.Loading)),
        ETag = note.ETag.ToString(),
    };

    private static AuditPage ReadPage(TableEntity note) => new()
    {
        Start = Text(note, nameof(AuditPage.Start)),
        End = Text(note, nameof(AuditPage.End)),
        Count = note.GetInt32(nameof(AuditPage.Count))!.Value,
        First = Text(note, nameof(AuditPage.First)),
        Last = Text(note, nameof(AuditPage.Last)),
        Digest = note.GetString(nameof(AuditPage.Digest)),
        Keys = note.GetString(nameof(AuditPage.Keys)),
    };

    private static string Logs(string table) => "audit-logs|" + table;

    private static string Pages(string table) => "audit-pages|" + table;

    private static string KeyOf(string start) => Convert.ToHexStringLower(SHA256.HashData(Bytes(start)));

    // As bytes, because a place may hold any of them.
    private static byte[] Bytes(string place) => Encoding.UTF8.GetBytes(place);

    private static string Text(TableEntity note, string property) => Encoding.UTF8.GetString(note.GetBinary(property) ?? []);
}
