using MyriadSync.ChangeLog;
using MyriadSync.Contracts;

namespace MyriadSync.Reading;

/// <summary>Tells how a dataset stands, from two rows of its log.</summary>
internal sealed class DatasetReader(IChangeLog log) : IDatasetReader
{
    public async Task<DatasetState> ReadAsync(string dataset, CancellationToken cancellationToken)
    {
        var applied = await log.ReadAppliedAsync(dataset, cancellationToken);
        var head = await log.ReadHeadAsync(dataset, cancellationToken);
        return new DatasetState { Epoch = head?.Epoch, Head = head?.Seq ?? 0, Applied = applied.Seq, OldestSeq = head?.OldestSeq ?? 0 };
    }
}
