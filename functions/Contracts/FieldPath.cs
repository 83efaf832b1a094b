using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts;

/// <summary>
/// Names of places in a record, in its clocks: each step of a JSON Pointer <see cref="Qualifiers">encoded</see>, with slashes between. ASCII whatever the
/// names are, and injective; a path of one step is a column's qualifier.
/// </summary>
internal static class FieldPath
{
    /// <summary>The path of a pointer that is well-formed and not empty.</summary>
    public static string Of(string pointer)
    {
        if (!pointer.AsSpan(1).ContainsAny('/', '~'))
        {
            return Qualifiers.Encode(pointer[1..]);
        }

        return JsonPointers.TryParse(pointer, out var segments)
            ? string.Join('/', segments.Select(Qualifiers.Encode))
            : throw new ArgumentException("Not a JSON Pointer.", nameof(pointer));
    }

    /// <summary>The pointer of a path.</summary>
    public static string ToPointer(string path) =>
        JsonPointers.Format(path.Split('/').Select(step => Qualifiers.TryDecode(step, out var name) ? name : step));

    /// <summary>True when <paramref name="path"/> lies within <paramref name="above"/>, and is not it.</summary>
    public static bool IsBelow(string path, string above) =>
        path.Length > above.Length && path[above.Length] == '/' && path.StartsWith(above, StringComparison.Ordinal);
}
