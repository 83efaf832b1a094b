using System.Collections.Concurrent;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Orchestration.Stages;

/// <summary>
/// Lets batches through to stores whose rows are laid out as this process would read and write them. Another instance may run with another configuration,
/// as during a deployment: whoever comes first to an empty store decides, and the other one's batches wait until its rows were remapped.
/// </summary>
internal sealed class MappingGuard(IMappingRegistry registry, IRowCodecs codecs, TimeProvider time)
{
    /// <summary>How long an answer is believed: a remap that begins is noticed within that time.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>Stores remembered: their names come from clients where undeclared ones are taken.</summary>
    private const int MaxStores = 10_000;

    private readonly ConcurrentDictionary<string, long> _checked = new();

    /// <summary>Whether all of the stores may be written.</summary>
    public async Task<bool> AllowsAsync(IEnumerable<string> stores, CancellationToken cancellationToken)
    {
        foreach (var store in stores.Distinct())
        {
            if (_checked.TryGetValue(store, out var at) && time.GetElapsedTime(at) < Fresh)
            {
                continue;
            }

            var now = time.GetTimestamp();
            var stored = await registry.ClaimAsync(store, codecs.Mappings.Only(store), cancellationToken);
            if (stored.Next is not null || stored.Hash != codecs.Mappings.HashOfStore(store))
            {
                return false;
            }

            if (_checked.Count >= MaxStores)
            {
                _checked.Clear();
            }

            _checked[store] = now;
        }

        return true;
    }
}
