using System.Collections.Concurrent;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Orchestration.Stages;

namespace MyriadSync.Orchestration;

/// <summary>
/// What this process already knows of batches under way, so that the next activity need not read or compute it again. Nothing rests on it: an
/// activity that runs elsewhere, or later, does its predecessor's work anew.
/// </summary>
internal sealed class BatchMemory
{
    /// <summary>Batches remembered at a time; each holds its parsed changes.</summary>
    private const int MaxBatches = 128;

    private readonly ConcurrentDictionary<string, Item> _items = new();
    private readonly ConcurrentQueue<string> _order = new();

    /// <summary>What is known of a batch; an empty item when nothing is.</summary>
    public Item Get(string instanceId)
    {
        if (_items.TryGetValue(instanceId, out var known))
        {
            return known;
        }

        _order.Enqueue(instanceId);
        while (_items.Count >= MaxBatches && _order.TryDequeue(out var oldest))
        {
            _items.TryRemove(oldest, out _);
        }

        return _items.GetOrAdd(instanceId, _ => new Item());
    }

    /// <summary>The outcomes of a batch that this process settled; null: it did not, or has forgotten.</summary>
    public IReadOnlyList<OutcomesRow>? Settled(string instanceId) => _items.TryGetValue(instanceId, out var known) ? known.Settled : null;

    /// <summary>Forgets a batch that is done with.</summary>
    public void Forget(string instanceId) => _items.TryRemove(instanceId, out _);

    /// <summary>One batch.</summary>
    internal sealed class Item
    {
        /// <summary>The batch as sent.</summary>
        public Batch? Batch { get; set; }

        /// <summary>The batch after transform.</summary>
        public Batch? Transformed { get; set; }

        /// <summary>Its rows.</summary>
        public FetchedRows? Rows { get; set; }

        /// <summary>Its outcomes, once settled by this process in one go.</summary>
        public IReadOnlyList<OutcomesRow>? Settled { get; set; }
    }
}
