namespace MyriadSync.Myriad.HBase;

/// <summary>What one read has gathered; its requests run side by side.</summary>
internal sealed class ReadRun(string table, IReadOnlySet<string> expected, string? column)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private volatile StoreFault _fault;

    public string Table => table;

    public IReadOnlySet<string> Expected => expected;

    public string? Column => column;

    /// <summary>Its row keys go in base64.</summary>
    public bool InBase64 { get; init; }

    /// <summary>The first fault met: it ends the read.</summary>
    public StoreFault Fault => _fault;

    public string? Reason { get; private set; }

    /// <summary>Rows that a multiget left out and that are there all the same.</summary>
    public int FalseAbsences { get; private set; }

    /// <summary>To be looked at only when all requests have ended.</summary>
    public IReadOnlyDictionary<string, Row> Rows => _rows;

    public bool Has(string key)
    {
        lock (_lock)
            return _rows.ContainsKey(key);
    }

    public void Add(List<Row> rows)
    {
        lock (_lock)
        {
            foreach (var row in rows)
                _rows[row.Key] = row;
        }
    }

    public void AddHidden(Row row)
    {
        lock (_lock)
        {
            _rows[row.Key] = row;
            FalseAbsences++;
        }
    }

    public void Fail(StoreFault fault, string? reason)
    {
        lock (_lock)
        {
            if (_fault != StoreFault.None)
                return;
            Reason = reason;
            _fault = fault;
        }
    }
}
