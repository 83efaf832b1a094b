namespace MyriadSync.Security;

/// <summary>Datasets that a caller may use: exact names, and prefixes written with a <c>*</c> at their end (<c>*</c> alone: all).</summary>
public sealed class DatasetAccess
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _prefixes = [];

    /// <summary>Access to what the patterns name. A star anywhere but at the end matches no name, since no name holds one.</summary>
    public DatasetAccess(IEnumerable<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        foreach (var pattern in patterns)
        {
            if (pattern.EndsWith('*'))
                _prefixes.Add(pattern[..^1]);
            else
                _names.Add(pattern);
        }
    }

    /// <summary>Whether the dataset is among them. Names are compared as they are, case included.</summary>
    public bool Allows(string dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return _names.Contains(dataset) || _prefixes.Exists(prefix => dataset.StartsWith(prefix, StringComparison.Ordinal));
    }
}
