using System.Globalization;
using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Myriad.Records;

/// <summary>
/// What recent cells of a row tell of its writers. Every commit writes <c>m</c> along with the record's columns, all at one timestamp: what lies at another one
/// is somebody else's, unless <c>m:clock</c> or <c>m:seen</c> say that it was judged. So rows that sync wrote itself need not be read for it. Pure.
/// </summary>
internal sealed record ForeignTrace
{
    private const string MetaPrefix = StoreColumns.MetaFamily + ":";

    /// <summary>Oldest timestamp (ms) of what is not known to be sync's own.</summary>
    public required long Oldest { get; init; }

    /// <summary>
    /// Cells of somebody else's that newer ones of ours hide. Only those that are surely none of ours: the row still shows a commit that is older than they are,
    /// and so all that are newer.
    /// </summary>
    public IReadOnlyList<HiddenCell> Hidden { get; init; } = [];

    /// <summary>The trace in a row; null: all that was looked at is sync's own, or was judged before.</summary>
    /// <param name="row">Its recent cells in several versions, the newest of each column first.</param>
    /// <param name="codec">The codec of its store.</param>
    public static ForeignTrace? Of(Row row, IRowCodec codec)
    {
        var own = Own.Of(row, codec);
        long? oldest = null;
        string? column = null;
        var hidden = new List<HiddenCell>();
        foreach (var cell in row.Cells)
        {
            var visible = cell.Column != column;
            column = cell.Column;
            if ((cell.Column == MetaColumns.Deleted || codec.Owns(cell.Column)) && !own.Has(cell, visible))
            {
                oldest = Math.Min(oldest ?? long.MaxValue, cell.Timestamp);
                if (!visible && cell.Timestamp > own.OldestCommit && Decode(cell, codec) is { } decoded)
                {
                    hidden.Add(decoded);
                }
            }
        }

        return oldest is { } found ? new ForeignTrace { Oldest = found, Hidden = hidden } : null;
    }

    private static HiddenCell? Decode(Cell cell, IRowCodec codec)
    {
        if (cell.Column == MetaColumns.Deleted || !codec.CellPerField)
        {
            return null;
        }

        foreach (var (qualifier, json) in ValueColumns.Of(codec.Decode([new(cell.Column, cell.Value)]).Value))
        {
            if (codec.ColumnOf(qualifier) == cell.Column)
            {
                return new HiddenCell(qualifier, json, cell.Timestamp);
            }
        }

        return null;
    }

    /// <summary>What the row's recent <c>m</c> says.</summary>
    private sealed class Own
    {
        private readonly HashSet<long> _commits = [];
        private readonly Dictionary<string, long> _written = [];
        private long _default = long.MinValue;
        private long _seen;

        /// <summary>The oldest commit (ms) that the row's revisions still show.</summary>
        public long OldestCommit { get; private set; } = long.MaxValue;

        public static Own Of(Row row, IRowCodec codec)
        {
            var own = new Own();
            var clock = true;
            foreach (var cell in row.Cells.Where(cell => cell.Column.StartsWith(MetaPrefix, StringComparison.Ordinal)))
            {
                if (cell.Column is MetaColumns.Deleted or StoreColumns.Probe)
                {
                    continue;
                }

                own._commits.Add(cell.Timestamp);
                own.OldestCommit = cell.Column == MetaColumns.Rev ? Math.Min(own.OldestCommit, cell.Timestamp) : own.OldestCommit;
                if (cell.Column == MetaColumns.Seen && long.TryParse(Encoding.UTF8.GetString(cell.Value.Span), NumberStyles.None, CultureInfo.InvariantCulture, out var seen))
                {
                    own._seen = Math.Max(own._seen, seen);
                }
                else if (cell.Column == MetaColumns.Clock && clock)
                {
                    clock = false;
                    own.Take(ClockCell.Read(cell.Value.Span, row.Key), codec);
                }
            }

            return own;
        }

        public bool Has(Cell cell, bool visible) =>
            _commits.Contains(cell.Timestamp) || (visible && cell.Column != MetaColumns.Deleted ? _written.GetValueOrDefault(cell.Column, _default) == cell.Timestamp : cell.Timestamp <= _seen);

        private void Take(FieldClocks clocks, IRowCodec codec)
        {
            _default = clocks.Default.Timestamp;
            foreach (var qualifier in clocks.Columns.Keys.Select(path => path.Split('/')[0]).Distinct())
            {
                if (codec.ColumnOf(qualifier) is { } column)
                {
                    _written[column] = clocks.WrittenAt(qualifier);
                }
            }
        }
    }
}
