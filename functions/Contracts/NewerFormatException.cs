namespace MyriadSync.Contracts;

/// <summary>A stored row or blob was written by a newer version of MyriadSync than this one: it is refused, never guessed at.</summary>
public sealed class NewerFormatException : Exception
{
    /// <summary>Names the thing and both format numbers.</summary>
    public NewerFormatException(string what, int found, int known)
        : base($"{what} has format {found}, and this version of MyriadSync knows formats up to {known}. Deploy the version that wrote it, or a newer one.")
    {
    }
}
