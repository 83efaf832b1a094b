using Azure.Data.Tables;

namespace MyriadSync.ChangeLog;

/// <summary>The marks among the <see cref="NoteTable"/>: one row a table of the cluster.</summary>
internal sealed class TableScanMarks(TableServiceClient service) : IScanMarks
{
    private const string Partition = "scans";

    private readonly NoteTable _notes = new(service, "A scan's mark");

    public async Task<ScanMark> ReadAsync(string table, CancellationToken cancellationToken) =>
        await _notes.FindAsync(Partition, table, cancellationToken) is not { } note ? new ScanMark { Table = table } : new ScanMark
        {
            Table = table,
            JudgedTo = note.GetInt64(nameof(ScanMark.JudgedTo)) ?? 0,
            Loading = NoteTable.Names(note, nameof(ScanMark.Loading)),
            ETag = note.ETag.ToString(),
        };

    public async Task<ScanMark?> MoveAsync(ScanMark mark, CancellationToken cancellationToken)
    {
        var note = NoteTable.New(Partition, mark.Table);
        note[nameof(ScanMark.JudgedTo)] = mark.JudgedTo;
        note[nameof(ScanMark.Loading)] = NoteTable.Names(mark.Loading);
        return await _notes.MoveAsync(note, mark.ETag, cancellationToken) is { } moved ? mark with { ETag = moved } : null;
    }
}
