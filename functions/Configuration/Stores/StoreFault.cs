namespace MyriadSync.Configuration.Stores;

/// <summary>Something wrong with a store's file. The app does not start with one.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Pointer">JSON Pointer to the trouble; empty: the file as a whole.</param>
/// <param name="Detail">What is wrong, and what is allowed.</param>
internal sealed record StoreFault(string File, string Pointer, string Detail)
{
    public override string ToString() => $"{File}#{Pointer}: {Detail}";
}
