using System.Globalization;
using System.Text;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;
using MyriadSync.Orchestration.Stages;

namespace MyriadSync.Orchestration.Rebuild;

/// <summary>
/// Reads the rows of datasets page by page for what their log must have given out. Every commit writes <c>m:rev</c> at its own timestamp, of deletions as well,
/// and nothing else in <c>m</c> names a later one: this cell alone tells. Jobs' cells do not count, wherever their clocks are.
/// </summary>
internal sealed class ClusterSurvey(
    IRecordStore store, IChangeLog log, IRebuiltLog rebuilt, IRowCodecs codecs, IStoreCatalog stores, TableMap tables, RecordPlaces places, ClusterClock clock)
{
    /// <summary>No log gets there: what is above it, a job has written. The wire's numbers end at 2^53.</summary>
    private const long MaxRev = 1L << 52;

    private const int PageRows = 1000;

    /// <summary>Clients remembered as noted. To note one again is no harm.</summary>
    private const int MaxNoted = 100_000;

    private readonly HashSet<(string Dataset, string Client)> _noted = [];

    /// <summary>What was found, by dataset.</summary>
    public Dictionary<string, DatasetSurvey> Datasets { get; } = new(StringComparer.Ordinal);

    /// <summary>What was found of a dataset; nothing so far, if it has no rows.</summary>
    public DatasetSurvey Of(string dataset)
    {
        if (!Datasets.TryGetValue(dataset, out var survey))
        {
            Datasets[dataset] = survey = new DatasetSurvey();
        }

        return survey;
    }

    /// <summary>The tables in which a dataset's rows lie, those beside tables that others made included; of all datasets for null.</summary>
    public IEnumerable<SurveyedTable> Tables(string? dataset)
    {
        var range = dataset is null ? default : RowKeys.DatasetRange(dataset);
        var own = dataset is null ? tables.Tables : [tables.TableOf(dataset)];
        var existing = places.Tables.Values.Where(table => dataset is null || table.Serves(dataset)).DistinctBy(table => table.Name).ToList();
        return own.Select(table => new SurveyedTable(table, range.Start ?? "", range.End ?? ""))
            .Concat(existing.Select(table => new SurveyedTable(table.Name)))
            .Concat(existing.Where(table => table.SyncTable is not null).Select(table => new SurveyedTable(table.SyncTable!, Beside: table)));
    }

    /// <summary>Reads the rows. Null: all of them were read; else why not, for people.</summary>
    public async Task<string?> RunAsync(string? dataset, CancellationToken cancellationToken)
    {
        foreach (var part in Tables(dataset))
        {
            await clock.RemeasureAsync(part.Beside?.Name ?? part.Table, cancellationToken);
            for (var start = part.Start; start is not null;)
            {
                var page = await store.ScanAsync(part.Table, start, part.End, PageRows, cancellationToken);
                if (page.Fault != StoreFault.None)
                {
                    return $"The cluster does not answer for table {part.Table} ({page.Reason}). No log was begun anew. Run again.";
                }

                foreach (var row in page.Rows)
                {
                    if (Add(part, row, dataset) is { } trouble)
                    {
                        return trouble;
                    }
                }

                await NoteClientsAsync(cancellationToken);
                start = page.NextStart;
            }
        }

        return null;
    }

    private string? Add(SurveyedTable part, Row row, string? only)
    {
        var key = part.Beside is { } existing ? places.KeyOf(existing.Name, row.Key) : row.Key;
        if (key is null || !RowKeys.TryParse(key, out var dataset, out var name, out _) || (only is not null && dataset != only) || !Lies(part, dataset, name))
        {
            return null;
        }

        var survey = Of(dataset);
        if (part.Beside is null)
        {
            survey.Rows++;
            survey.Differing += stores.Find(name) is not null && RecordRows.Read(row, codecs.Of(name)).Foreign ? 1 : 0;
        }

        return row.Cells.FirstOrDefault(cell => cell.Column == MetaColumns.Rev) is { } rev ? Add(survey, row, rev, key) : null;
    }

    private string? Add(DatasetSurvey survey, Row row, Cell cell, string key)
    {
        if (!long.TryParse(Encoding.UTF8.GetString(cell.Value.Span), NumberStyles.None, CultureInfo.InvariantCulture, out var rev) || rev > MaxRev)
        {
            return $"Row {key} has an m:rev that sync cannot have written. Correct that cell, or delete the row's family m (the record is taken for a job's then). No log was begun anew. Run again.";
        }

        survey.Add(rev, cell.Timestamp, clock.NowMs + CommitBasis.MaxFutureMs);
        var by = row.Cells.FirstOrDefault(other => other.Column == MetaColumns.By) is { } author ? Encoding.UTF8.GetString(author.Value.Span) : "";
        if (NameRules.IsClientId(by) && !NameRules.IsReserved(by))
        {
            survey.Clients.Add(by);
        }

        return null;
    }

    /// <summary>A row that lies where its dataset and store no longer are is nobody's.</summary>
    private bool Lies(SurveyedTable part, string dataset, string name) =>
        part.Beside is not null || (places.TableOf(name)?.Name ?? tables.TableOf(dataset)) == part.Table;

    /// <summary>Page by page, because there is no limit to how many there are. Those that have a row are forgotten along with it.</summary>
    private async Task NoteClientsAsync(CancellationToken cancellationToken)
    {
        foreach (var (dataset, survey) in Datasets.Where(pair => pair.Value.Clients.Count > 0))
        {
            var unknown = new List<string>();
            foreach (var client in survey.Clients.Where(client => _noted.Add((dataset, client))))
            {
                if (await log.ReadClientAsync(dataset, client, cancellationToken) is null)
                {
                    unknown.Add(client);
                }
            }

            await rebuilt.NoteUsedAsync(dataset, unknown, cancellationToken);
            survey.Clients.Clear();
        }

        if (_noted.Count > MaxNoted)
        {
            _noted.Clear();
        }
    }
}
