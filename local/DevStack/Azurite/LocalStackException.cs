namespace MyriadSync.DevStack.Azurite;

/// <summary>The local stack cannot start or go on; the message tells its user what to do about it.</summary>
public sealed class LocalStackException : Exception
{
    /// <summary>With a message that is shown as it is.</summary>
    public LocalStackException(string message) : base(message)
    {
    }

    /// <summary>With a message that is shown as it is, and what led to it.</summary>
    public LocalStackException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Without a message.</summary>
    public LocalStackException()
    {
    }
}
