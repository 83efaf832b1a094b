using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>A value as its store holds it, or why it cannot. Exactly one is set.</summary>
/// <param name="Value">As it will read back; the very instance that came in when nothing changes.</param>
/// <param name="Refusal">Pointer relative to the value.</param>
internal readonly record struct ShapedValue(RecordValue? Value, Refusal? Refusal)
{
    /// <summary>With <see cref="Refusal"/>: the value may be sound and the app's own code failed on it. The change is parked and not rejected.</summary>
    public bool Failed { get; init; }
}
