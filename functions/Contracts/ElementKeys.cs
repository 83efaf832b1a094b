using System.Security.Cryptography;
using System.Text;

namespace MyriadSync.Contracts;

/// <summary>Names of a set's elements in the record's clocks: the element itself where it is short, else a hash of it.</summary>
internal static class ElementKeys
{
    /// <summary>Stands for all elements without a tag of their own. No element's canonical JSON is empty.</summary>
    public const string Rest = "";

    /// <summary>Longest canonical JSON (bytes) that names itself.</summary>
    private const int MaxLength = 40;

    /// <summary>The name of an element, from its canonical JSON. No JSON begins with <c>#</c>.</summary>
    public static string Of(ReadOnlyMemory<byte> json) => json.Length <= MaxLength
        ? Encoding.UTF8.GetString(json.Span)
        : "#" + Convert.ToHexStringLower(SHA256.HashData(json.Span).AsSpan(0, 16));
}
