using System.Text;

namespace MyriadSync.Contracts.Values;

/// <summary>Where a member lies in a buffer of canonical JSON: <c>"name":value</c>, without the comma.</summary>
/// <param name="Start">Offset of the name's opening quote.</param>
/// <param name="NameLength">Bytes of the name with its quotes.</param>
/// <param name="End">Offset past the value.</param>
/// <param name="Plain">The name is ASCII without escapes, so that its bytes are its UTF-16 code units.</param>
internal readonly record struct CanonicalMember(int Start, int NameLength, int End, bool Plain)
{
    /// <summary>Offset of the value.</summary>
    public int ValueStart => Start + NameLength + 1;

    /// <summary>The name between its quotes.</summary>
    public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> json) => json.Slice(Start + 1, NameLength - 2);

    /// <summary>The name as text.</summary>
    public string NameText(ReadOnlySpan<byte> json)
    {
        if (Plain) return Encoding.ASCII.GetString(Name(json));
        return WireText.TryRead(Name(json), out var name) ? name : throw new InvalidOperationException("Canonical JSON is UTF-8.");
    }
}
