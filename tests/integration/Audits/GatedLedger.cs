using MyriadSync.ChangeLog;

namespace MyriadSync.IntegrationTests.Audits;

/// <summary>The app's ledger with a gate at the mark's moves. The argument of a held call is the mark.</summary>
internal sealed class GatedLedger(IAuditLedger inner, GatedCalls calls) : IAuditLedger
{
    public Task<AuditMark> ReadAsync(string table, CancellationToken cancellationToken) => inner.ReadAsync(table, cancellationToken);

    public Task<AuditMark?> MoveAsync(AuditMark mark, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(MoveAsync), mark, () => inner.MoveAsync(mark, cancellationToken), cancellationToken);

    public Task<long> ReadSeqAsync(string table, string dataset, CancellationToken cancellationToken) => inner.ReadSeqAsync(table, dataset, cancellationToken);

    public Task WriteSeqAsync(string table, string dataset, long seq, CancellationToken cancellationToken) => inner.WriteSeqAsync(table, dataset, seq, cancellationToken);

    public Task<AuditPage?> ReadPageAsync(string table, string start, CancellationToken cancellationToken) => inner.ReadPageAsync(table, start, cancellationToken);

    public Task WritePageAsync(string table, AuditPage page, CancellationToken cancellationToken) => inner.WritePageAsync(table, page, cancellationToken);

    public Task DropPageAsync(string table, string start, CancellationToken cancellationToken) => inner.DropPageAsync(table, start, cancellationToken);
}
