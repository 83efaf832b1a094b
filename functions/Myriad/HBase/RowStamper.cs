namespace MyriadSync.Myriad.HBase;

/// <summary>
/// Learns timestamps from the region servers: writes the probe cell without one and reads what it got. The newest probe of a row is as
/// good as our own; a clock that was set back is so never taken for earlier than it has been.
/// </summary>
internal sealed class RowStamper(RowWriter writer, RowReader reader, OtherTables others, TimeProvider time)
{
    /// <summary>The unit of the cluster's timestamps.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    public async Task<StampAnswer> StampAsync(string table, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        if (others.ProbeOf(table) is not { } probe)
            throw new ArgumentException("The table has no place for probe cells.", nameof(table));
        Dictionary<string, long> stamps = new(StringComparer.Ordinal);
        HashSet<string> open = new(keys, StringComparer.Ordinal);
        // A delete marker of the very same millisecond hides the first probe, but not one of a later millisecond.
        for (var i = 0; i < HBaseLimits.MaxProbes && open.Count > 0; i++)
        {
            if (i > 0)
                await Task.Delay(Tick, time, cancellationToken);
            var put = await writer.WriteAsync(
                table,
                [.. open.Select(key => new RowPut(key, [new(probe, RowsJsonWriter.NoTimestamp, default)]))],
                [],
                cancellationToken);
            if (put.Fault != StoreFault.None)
                return new() { Fault = put.Fault, Reason = put.Reason };
            if (put.Refused is [var refused, ..])
                return new() { Fault = StoreFault.Misconfigured, Reason = $"a probe was refused: {refused.Reason}" };

            var read = await reader.ReadAsync(table, open, open, probe, cancellationToken);
            if (read.Fault != StoreFault.None)
                return new() { Fault = read.Fault, Reason = read.Reason };
            foreach (var row in read.Rows.Values)
            {
                stamps[row.Key] = row.Cells.Max(cell => cell.Timestamp);
                open.Remove(row.Key);
            }
        }

        return new() { Stamps = stamps };
    }
}
