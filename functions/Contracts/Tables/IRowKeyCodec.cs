using System.Diagnostics.CodeAnalysis;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.Contracts.Tables;

/// <summary>How records' keys lie in the row keys of a table that others made, both ways. Pure. Row keys are <see cref="ByteText"/>.</summary>
public interface IRowKeyCodec
{
    /// <summary>The row key names the dataset too: one table serves many.</summary>
    bool NamesDataset { get; }

    /// <summary>What every row key of a dataset begins with; empty: all rows of the table are its.</summary>
    string Prefix(string dataset);

    /// <summary>The row key of a record.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="key">The record's key.</param>
    /// <param name="rowKey">Its row key, never empty.</param>
    /// <param name="refusal">Why the table can have no such row; its pointer is relative to the key.</param>
    bool TryEncode(string dataset, RecordKey key, [NotNullWhen(true)] out string? rowKey, [NotNullWhen(false)] out Refusal? refusal);

    /// <summary>Takes a row key apart. False for one that <see cref="TryEncode"/> cannot make: the row is no record.</summary>
    /// <param name="rowKey">The row key.</param>
    /// <param name="dataset">The dataset that it names; null: it names none.</param>
    /// <param name="key">The record's key.</param>
    bool TryDecode(string rowKey, out string? dataset, out RecordKey key);
}
