namespace MyriadSync.Pipeline.Transform.Migrations;

/// <summary>How pointers lie to each other. Escapes need no regard: equal names are escaped equally.</summary>
internal static class Pointers
{
    /// <summary>The pointer is the other, or lies in it.</summary>
    public static bool IsAtOrIn(string pointer, string other) =>
        pointer.StartsWith(other, StringComparison.Ordinal) && (pointer.Length == other.Length || pointer[other.Length] == '/');

    /// <summary>The pointer lies over the other.</summary>
    public static bool IsOver(string pointer, string other) => pointer.Length < other.Length && IsAtOrIn(other, pointer);

    /// <summary>The pointer after a rename.</summary>
    public static string Renamed(string pointer, string from, string to) => IsAtOrIn(pointer, from) ? to + pointer[from.Length..] : pointer;
}
