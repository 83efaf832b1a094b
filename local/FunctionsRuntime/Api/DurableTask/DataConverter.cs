namespace Microsoft.DurableTask;

/// <summary>Turns inputs, outputs and custom status into text and back.</summary>
public abstract class DataConverter
{
    /// <summary>A value as text; null for null.</summary>
    public abstract string? Serialize(object? value);

    /// <summary>Text as a value; null for null.</summary>
    public abstract object? Deserialize(string? data, Type targetType);

    /// <summary>Text as a value; the default for null.</summary>
    public virtual T? Deserialize<T>(string? data) => (T?)(Deserialize(data, typeof(T)) ?? default(T));
}
