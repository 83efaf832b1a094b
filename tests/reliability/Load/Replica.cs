using System.Text.Json.Nodes;
using MyriadSync.Contracts;
using MyriadSync.ReliabilityTests.History;

namespace MyriadSync.ReliabilityTests.Load;

/// <summary>A client that only reads: the snapshot page by page, then what changed since. It goes on where it was whenever the service comes back.</summary>
public sealed class Replica(ServiceWire wire, int pageSize)
{
    private readonly Dictionary<RecordName, RecordVersion> _records = [];
    private string? _cursor;

    /// <summary>Seq that it has reached.</summary>
    public long Seq { get; private set; }

    /// <summary>The records that are not deleted.</summary>
    public Dictionary<RecordName, RecordVersion> Alive => _records.Where(pair => pair.Value.Value is not null).ToDictionary();

    /// <summary>Loads the snapshot.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var page = await GetAsync($"snapshot?limit={pageSize}" + (next is null ? "" : $"&page={next}"), cancellationToken);
            foreach (var record in page["records"]!.AsArray())
                Take(new RecordName((string)record!["store"]!, (string)record["key"]!), new RecordVersion((long)record["rev"]!, record["value"]?.AsObject()));
            next = (string?)page["nextPage"];
            MoveTo((string)page["cursor"]!);
        }
        while (next is not null);
    }

    /// <summary>Pulls until it is up to date, and for longer while it is told so.</summary>
    /// <returns>Everything that it was given, in order.</returns>
    public async Task<IReadOnlyList<LogLine>> FollowAsync(Func<bool> goOn, CancellationToken cancellationToken)
    {
        var lines = new List<LogLine>();
        for (var more = true; more;)
        {
            more = goOn();
            var page = await GetAsync($"changes?limit={pageSize}&wait={(more ? 1 : 0)}" + (_cursor is null ? "" : $"&since={_cursor}"), cancellationToken);
            foreach (var line in page["changes"]!.AsArray().Select(change => LogLine.Read(change!)))
            {
                lines.Add(line);
                Take(line.Record, new RecordVersion(line.Rev, line.Value));
            }

            MoveTo((string)page["cursor"]!);
            more |= (bool)page["more"]!;
        }

        return lines;
    }

    private void Take(RecordName record, RecordVersion version)
    {
        if (!_records.TryGetValue(record, out var known) || known.Rev < version.Rev)
            _records[record] = version;
    }

    private void MoveTo(string cursor)
    {
        _cursor = cursor;
        Seq = Cursor.TryParse(cursor, out var place) ? place.Seq : throw new InvalidDataException($"Not a cursor: {cursor}");
    }

    private async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        (await wire.InsistAsync(HttpMethod.Get, path, null, null, cancellationToken)).Body;
}
