using System.Diagnostics.CodeAnalysis;

namespace MyriadSync.Contracts.Values;

/// <summary>Equality of canonical values: that of their bytes.</summary>
internal sealed class CanonicalBytes : IEqualityComparer<ReadOnlyMemory<byte>>
{
    /// <summary>The one instance.</summary>
    public static readonly CanonicalBytes Comparer = new();

    private CanonicalBytes()
    {
    }

    /// <inheritdoc/>
    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    /// <inheritdoc/>
    public int GetHashCode([DisallowNull] ReadOnlyMemory<byte> obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(obj.Span);
        return hash.ToHashCode();
    }
}
