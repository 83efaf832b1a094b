using MyriadSync.ChangeLog;

namespace MyriadSync.UnitTests.Orchestration.Audits;

/// <summary>A ledger that has a mark and nothing else.</summary>
internal sealed class MarkLedger : IAuditLedger
{
    /// <summary>The mark that was stored last; null: none was.</summary>
    public AuditMark? Mark { get; private set; }

    /// <summary>Somebody else has moved the mark.</summary>
    public bool Moved { get; set; }

    public Task<AuditMark> ReadAsync(string table, CancellationToken cancellationToken) => Task.FromResult(Mark ?? new AuditMark { Table = table });

    public Task<AuditMark?> MoveAsync(AuditMark mark, CancellationToken cancellationToken) => Task.FromResult(Moved ? null : Mark = mark);

    public Task<long> ReadSeqAsync(string table, string dataset, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task WriteSeqAsync(string table, string dataset, long seq, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AuditPage?> ReadPageAsync(string table, string start, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task WritePageAsync(string table, AuditPage page, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DropPageAsync(string table, string start, CancellationToken cancellationToken) => throw new NotSupportedException();
}
