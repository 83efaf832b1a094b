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

    private readonly Lock _sync = new();
    private readonly Dictionary<string, LinkedListNode<(string InstanceId, Item Item)>> _items = [];

    /// <summary>The oldest first.</summary>
    private readonly LinkedList<(string InstanceId, Item Item)> _order = [];

    /// <summary>What is known of a batch; an empty item when nothing is.</summary>
    public Item Get(string instanceId)
    {
        lock (_sync)
        {
            if (_items.TryGetValue(instanceId, out var known))
            {
                return known.Value.Item;
            }

            if (_items.Count == MaxBatches)
            {
                Remove(_order.First!);
            }

            return (_items[instanceId] = _order.AddLast((instanceId, new Item()))).Value.Item;
        }
    }

    /// <summary>The outcomes of a batch that this process settled; null: it did not, or has forgotten.</summary>
    public IReadOnlyList<OutcomesRow>? Settled(string instanceId)
    {
        lock (_sync)
        {
            return _items.TryGetValue(instanceId, out var known) ? known.Value.Item.Settled : null;
        }
    }

    /// <summary>Forgets a batch that is done with.</summary>
    public void Forget(string instanceId)
    {
        lock (_sync)
        {
            if (_items.TryGetValue(instanceId, out var known))
            {
                Remove(known);
            }
        }
    }

    private void Remove(LinkedListNode<(string InstanceId, Item Item)> node)
    {
        _order.Remove(node);
        _items.Remove(node.Value.InstanceId);
    }

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
