namespace Microsoft.Azure.Functions.Worker;

/// <summary>Typed values that middleware and function share.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    /// <summary>Sets the value of a type.</summary>
    void Set<T>(T instance);

    /// <summary>The value of a type, or the default.</summary>
    T? Get<T>();
}
