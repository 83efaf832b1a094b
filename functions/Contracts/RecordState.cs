using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts;

/// <summary>A record as it stands when a change to it is resolved: the row on the cluster, or what the log knows better.</summary>
public sealed record RecordState
{
    /// <summary>The author of entries that were not made by a client of ours.</summary>
    public const string Myriad = "myriad";

    /// <summary>The author of a person's resolution of a conflict.</summary>
    public const string Operator = "operator";

    private static readonly Dictionary<string, long> NoCells = [];

    /// <summary>No record, no tombstone, nothing on the cluster.</summary>
    public static RecordState Absent { get; } = new() { Rev = 0, Clocks = FieldClocks.None };

    /// <summary>Revision; 0 when the log never knew the record, or no longer does.</summary>
    public required long Rev { get; init; }

    /// <summary>The value; null: deleted, or never there.</summary>
    public RecordValue? Value { get; init; }

    /// <summary>Hybrid time of the edit in effect.</summary>
    public string At { get; init; } = "";

    /// <summary>Who made it: a client id or <see cref="Myriad"/>.</summary>
    public string By { get; init; } = "";

    /// <summary>The columns' clocks.</summary>
    public required FieldClocks Clocks { get; init; }

    /// <summary>Newest timestamp (ms) of any cell of the row: the next commit must lie above it.</summary>
    public long NewestCell { get; init; }

    /// <summary>The cluster does not hold what the log says: the next entry must write every column.</summary>
    public bool Rewrite { get; init; }

    /// <summary>The app's schema version that <see cref="Value"/> and the names in <see cref="Clocks"/> are in; 0: the current one, whichever it is.</summary>
    public int SchemaVersion { get; init; }

    /// <summary>Qualifiers that the cluster still holds from an older schema version: the next entry deletes them.</summary>
    public IReadOnlyList<string> Outgrown { get; init; } = [];

    /// <summary>The row's content is not what we wrote: somebody on the cluster changed it since.</summary>
    public bool Foreign { get; init; }

    /// <summary>
    /// With <see cref="Foreign"/>: the timestamps (ms) of cells that are newer than sync wrote them, so that somebody on the cluster did, by the qualifiers of
    /// their fields; empty where that cannot be told.
    /// </summary>
    internal IReadOnlyDictionary<string, long> ForeignCells { get; init; } = NoCells;

    /// <summary>With <see cref="ForeignCells"/>: qualifiers of fields whose cells are not as sync would write <see cref="Value"/>.</summary>
    internal IReadOnlyList<string> Unlike { get; init; } = [];

    /// <summary>Cells of jobs that nobody sees, because newer ones of ours lie over them, and that were not judged yet.</summary>
    internal IReadOnlyList<HiddenCell> Hidden { get; init; } = [];

    /// <summary>With <see cref="Foreign"/>: the record without the job's writes, as the log has it; null: it was not asked, or no longer has it.</summary>
    internal RecordState? Committed { get; init; }

    /// <summary>Cells of the row that say nothing, whoever wrote them; <see cref="Value"/> has their fields' defaults, or lacks them.</summary>
    internal IReadOnlyList<UnreadableCell> Unreadable { get; init; } = [];

    /// <summary>The row has no data and no tombstone of ours: a delete marker that nobody can see may lie over it.</summary>
    public bool MaybeMasked { get; init; }

    /// <summary>The log knows this record, alive or dead.</summary>
    public bool Known => Rev > 0;

    /// <summary>The same for the wire.</summary>
    public RecordInEffect InEffect => new() { Rev = Rev, Value = Value, At = At, By = By };

    /// <summary>The state that an entry leaves behind.</summary>
    public static RecordState Of(LogEntry entry) => new() { Rev = entry.Rev, Value = entry.Value, At = entry.At, By = entry.By, Clocks = entry.Clocks, SchemaVersion = entry.SchemaVersion };
}
