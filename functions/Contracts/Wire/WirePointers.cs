namespace MyriadSync.Contracts.Wire;

/// <summary>Pointers of refusals are answered and stored, so they have a bounded length.</summary>
internal static class WirePointers
{
    private const int MaxChars = 256;

    /// <summary>The pointer, or its longest leading part of whole segments that is short enough.</summary>
    public static string Bounded(string pointer) =>
        pointer.Length <= MaxChars ? pointer : pointer[..Math.Max(0, pointer.LastIndexOf('/', MaxChars))];
}
