namespace MyriadSync.Myriad.HBase;

/// <summary>What one write has met; its requests run side by side.</summary>
internal sealed class WriteRun(string table)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _refused = new(StringComparer.Ordinal);
    private volatile StoreFault _fault;
    private volatile bool _taken;
    private string? _reason;
    private Task<StoreAnswer>? _mended;
    private Task<bool>? _tried;

    public string Table => table;

    /// <summary>A fault was met: nothing more needs to be sent.</summary>
    public bool Failed => _fault != StoreFault.None;

    /// <summary>The table has taken a row of this write.</summary>
    public void Taken() => _taken = true;

    public void Refuse(string key, string reason)
    {
        lock (_lock)
            _refused.TryAdd(key, reason);
    }

    public void Fail(StoreFault fault, string? reason)
    {
        lock (_lock)
        {
            if (_fault != StoreFault.None)
                return;
            _reason = reason;
            _fault = fault;
        }
    }

    /// <summary>Runs the repair of the table once for the whole write.</summary>
    public Task<StoreAnswer> MendOnceAsync(Func<Task<StoreAnswer>> mend)
    {
        lock (_lock)
            return _mended ??= mend();
    }

    /// <summary>Whether the table takes any row at all: known when it has taken one of ours, else tried once for the whole write.</summary>
    public Task<bool> TakesRowsAsync(Func<Task<bool>> tryOne)
    {
        if (_taken)
            return Task.FromResult(true);
        lock (_lock)
            return _tried ??= tryOne();
    }

    /// <summary>To be called when all requests have ended.</summary>
    public WriteAnswer Answer() => Failed
        ? new() { Fault = _fault, Reason = _reason }
        : new() { Refused = [.. _refused.Select(row => new RefusedRow(row.Key, row.Value))] };
}
