namespace MyriadSync.Benchmarks.Peers;

/// <summary>What was measured, by row of the table and by peer, a value a round.</summary>
internal sealed class Figures
{
    private readonly Dictionary<(string Row, string Peer), List<double>> _values = [];

    /// <summary>Notes a value.</summary>
    public void Add(string row, string peer, double value)
    {
        if (!_values.TryGetValue((row, peer), out var values))
        {
            _values[(row, peer)] = values = [];
        }

        values.Add(value);
    }

    /// <summary>Over all rounds.</summary>
    public double Median(string row, string peer) => Statistics.Median(_values[(row, peer)]);

    /// <summary>Over all rounds.</summary>
    public double Percentile(string row, string peer, double share) => Statistics.Percentile(_values[(row, peer)], share);
}
