using System.Globalization;
using System.Text;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.Benchmarks.Scan;

/// <summary>Rows of a table as sync leaves them, and as jobs write into them. Both come past the app: pushing so many takes minutes.</summary>
internal sealed class ScannedTable(IRecordStore store, string table, string dataset)
{
    private const string Store = "todos";
    private const int Block = 5_000;

    private static readonly RecordValue Value = RecordValue.FromFields([new RecordField("title", Encoding.UTF8.GetBytes("\"t\""))]);

    /// <summary>Writes records as a commit of sync does.</summary>
    /// <param name="numbers">Which.</param>
    /// <param name="commitTs">The commit's timestamp (ms).</param>
    public async Task CommitAsync(IEnumerable<int> numbers, long commitTs)
    {
        var at = HybridTime.FromMilliseconds(1000, "c1").ToString();
        foreach (var block in numbers.Chunk(Block))
        {
            var entries = block.Select(number => new LogEntry
            {
                Rev = 1,
                Store = Store,
                Key = KeyOf(number),
                Value = Value,
                At = at,
                By = "c1",
                Clocks = new FieldClocks { Default = new FieldClock(commitTs, at, 1) },
            });
            await WriteAsync([.. entries.Select(entry => RecordRows.Put(RowKeys.Compose(dataset, Store, entry.Key), entry, commitTs, whole: true, PlainCodec.Instance))]);
        }
    }

    /// <summary>Writes a field of records as a job does.</summary>
    public Task EditAsync(IEnumerable<int> numbers, int round, long timestamp)
    {
        var value = Encoding.UTF8.GetBytes(round.ToString(CultureInfo.InvariantCulture));
        return WriteAsync([.. numbers.Select(number => new RowPut(RowKeys.Compose(dataset, Store, KeyOf(number)), [new Cell("d:round", timestamp, value)]))]);
    }

    private async Task WriteAsync(List<RowPut> puts)
    {
        if ((await store.WriteAsync(table, puts, [], default)).Fault is not StoreFault.None and var fault)
        {
            throw new InvalidOperationException($"The gateway could not do it: {fault}.");
        }
    }

    private static RecordKey KeyOf(int number)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"k{number:D6}\"")));
        reader.Read();
        return RecordKey.TryRead(ref reader, out var key, out _) ? key : throw new InvalidOperationException("No key.");
    }
}
