using System.Buffers.Text;
using MyriadSync.MyriadEmulator.Hosting;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>Writes <c>{"Row":[{"key":…,"Cell":[{"column":…,"timestamp":…,"$":…}]}]}</c>, byte for byte as the gateway does.</summary>
internal sealed class CellSetWriter(PooledBuffer output)
{
    public PooledBuffer Output { get; } = output;

    /// <summary>Row entries written so far.</summary>
    public int Rows { get; private set; }

    public void Begin() => Output.Write("{\"Row\":["u8);

    public void End() => Output.Write("]}"u8);

    /// <summary>Writes the visible cells of a row; nothing at all if there are none.</summary>
    /// <param name="key">The row key.</param>
    /// <param name="cells">The cells, not begun.</param>
    /// <param name="cellsPerEntry">After so many cells the row goes on in another entry; 0 for one entry.</param>
    /// <param name="maxRows">No further entry is begun when this many are written in all.</param>
    public void WriteRow(ReadOnlySpan<byte> key, ref VisibleCells cells, int cellsPerEntry = 0, int maxRows = int.MaxValue)
    {
        var inEntry = 0;
        while ((Rows < maxRows || (inEntry > 0 && inEntry != cellsPerEntry)) && cells.Next())
        {
            if (inEntry > 0 && inEntry == cellsPerEntry)
            {
                EndRow();
                inEntry = 0;
            }
            if (inEntry++ == 0)
                BeginRow(key);
            else
                Output.Write(","u8);
            WriteCell(cells);
        }
        if (inEntry > 0)
            EndRow();
    }

    public void BeginRow(ReadOnlySpan<byte> key)
    {
        Output.Write(Rows++ == 0 ? "{\"key\":\""u8 : ",{\"key\":\""u8);
        WriteBase64(key);
        Output.Write("\",\"Cell\":["u8);
    }

    public void EndRow() => Output.Write("]}"u8);

    public void WriteCell(in VisibleCells cell)
    {
        Output.Write("{\"column\":\""u8);
        Span<byte> column = stackalloc byte[512];
        var length = cell.Family.Length + 1 + cell.Qualifier.Length;
        if (length > column.Length)
            column = new byte[length];
        cell.Family.CopyTo(column);
        column[cell.Family.Length] = (byte)':';
        cell.Qualifier.CopyTo(column[(cell.Family.Length + 1)..]);
        WriteBase64(column[..length]);
        Output.Write("\",\"timestamp\":"u8);
        Utf8Formatter.TryFormat(cell.Timestamp, Output.GetSpan(20), out var digits);
        Output.Advance(digits);
        Output.Write(",\"$\":\""u8);
        WriteBase64(cell.Value);
        Output.Write("\"}"u8);
    }

    public void Separate() => Output.Write(","u8);

    private void WriteBase64(ReadOnlySpan<byte> bytes)
    {
        Base64.EncodeToUtf8(bytes, Output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var written);
        Output.Advance(written);
    }
}
