namespace MyriadSync.Contracts;

/// <summary>Azure Storage did not answer, or not as it should for now: nothing is known about what was asked; try again later.</summary>
public sealed class StorageUnavailableException : Exception
{
    /// <summary>With a message for the log.</summary>
    public StorageUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
