namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the trigger supplied.</summary>
public abstract class BindingContext
{
    /// <summary>Trigger metadata by name: route values, or a queue message's id and dequeue count.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
