using MyriadSync.ReliabilityTests.History;

namespace MyriadSync.ReliabilityTests.Load;

/// <summary>A client at work; it keeps what was acknowledged.</summary>
public sealed class LoadClient(string clientId, EditMaker maker, Outbox outbox)
{
    private readonly List<SettledBatch> _settled = [];

    public string ClientId => clientId;

    /// <summary>In the order in which they were sent.</summary>
    public IReadOnlyList<SettledBatch> Settled => _settled;

    /// <summary>By counter, everything that was to be added.</summary>
    public IReadOnlyDictionary<RecordName, long> Wanted => maker.Wanted;

    /// <summary>Works until it is told that it is enough and nothing is owed any more.</summary>
    public async Task RunAsync(Func<bool> enough, CancellationToken cancellationToken)
    {
        for (var more = !enough(); more || maker.Owes; more = !enough())
        {
            var batch = await outbox.SettleAsync(maker.Make(more), cancellationToken);
            maker.Take(batch);
            _settled.Add(batch);
        }
    }
}
