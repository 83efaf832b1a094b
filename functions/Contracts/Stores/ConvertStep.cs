namespace MyriadSync.Contracts.Stores;

/// <summary>A member has other values. What a conversion does not know stays as it is.</summary>
/// <param name="Pointer">JSON Pointer to it.</param>
public sealed record ConvertStep(string Pointer) : MigrationStep
{
    /// <summary>Old and new value (canonical JSON), each once on its side.</summary>
    public IReadOnlyList<(ReadOnlyMemory<byte> Old, ReadOnlyMemory<byte> New)> Values { get; init; } = [];

    /// <summary>Numbers become texts, or texts that are numbers become them; null: only <see cref="Values"/>.</summary>
    public NumberText? As { get; init; }

    /// <summary>What older versions are shown (canonical JSON) for a value that they have no counterpart of; null: the value itself.</summary>
    public ReadOnlyMemory<byte>? Otherwise { get; init; }
}
