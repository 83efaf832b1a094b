using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Myriad.Records;

/// <summary>What of a row that somebody else wrote into is theirs, and what of it sync would have written otherwise. For stores with a cell per field.</summary>
internal static class ForeignRows
{
    /// <summary>The state, with the cells that are not sync's.</summary>
    public static RecordState Explain(RecordState state, Row row, IRowCodec codec)
    {
        var cells = row.Cells.ToDictionary(cell => cell.Column);
        var foreign = new Dictionary<string, long>();
        var unlike = new List<string>();
        foreach (var field in codec.Encode(state.Value!))
        {
            var isThere = cells.TryGetValue(field.Column, out var cell);
            if (!isThere || !cell!.Value.Span.SequenceEqual(field.Value.Span))
            {
                unlike.Add(field.Qualifier);
            }

            if (isThere && cell!.Timestamp > state.Clocks.WrittenAt(field.Qualifier))
            {
                foreign.Add(field.Qualifier, cell.Timestamp);
            }
        }

        return state with { ForeignCells = foreign, Unlike = unlike };
    }
}
