using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Migrations;

/// <summary>How the pointers of steps and edits lie to each other; clocks' paths likewise.</summary>
internal static class Pointers
{
    /// <summary>The pointer lies over the other.</summary>
    public static bool IsOver(string pointer, string other) => pointer.Length < other.Length && JsonPointers.IsAtOrIn(other, pointer);

    /// <summary>The pointer after a rename.</summary>
    public static string Renamed(string pointer, string from, string to) => JsonPointers.IsAtOrIn(pointer, from) ? to + pointer[from.Length..] : pointer;
}
