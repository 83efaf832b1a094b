using System.Collections.Concurrent;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Orchestration.Stages;

/// <summary>
/// The codecs that segments were committed with. A configuration may have changed between a commit and its apply; what was promised to clients as the
/// record's shape is what the row must give back, so an entry is laid out as it was when it was committed.
/// </summary>
internal sealed class MappingHistory(IChangeLog log, IRowCodecs current)
{
    private readonly ConcurrentDictionary<string, IRowCodecs> _known = new() { [current.Mappings.Hash] = current };

    /// <summary>Codecs by the mappings' hash, for all segments; null: the log lacks one, which only a damaged log does.</summary>
    public async Task<IReadOnlyDictionary<string, IRowCodecs>?> OfAsync(string dataset, IEnumerable<Segment> segments, CancellationToken cancellationToken)
    {
        foreach (var hash in segments.Select(segment => segment.MapHash).Distinct().Where(hash => !_known.ContainsKey(hash)))
        {
            if (await log.ReadMappingAsync(dataset, hash, cancellationToken) is not { } mappings)
            {
                return null;
            }

            _known[hash] = current.Under(mappings);
        }

        return _known;
    }
}
