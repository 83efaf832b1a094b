namespace MyriadSync.Configuration.Stores;

/// <summary>What is wrong with one file, as it is being read.</summary>
internal sealed class JsonFaults(string file)
{
    private readonly List<StoreFault> _faults = [];

    /// <summary>In the order in which they were found.</summary>
    public IReadOnlyList<StoreFault> All => _faults;

    /// <summary>Adds one.</summary>
    public void Add(string pointer, string detail) => _faults.Add(new StoreFault(file, pointer, detail));
}
