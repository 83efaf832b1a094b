using System.ComponentModel;
using System.Globalization;

namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>Route values and queue metadata as the types of the parameters that take them.</summary>
internal static class BindingDataConverter
{
    /// <summary>The value as a type.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static object Convert(object value, Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target.IsInstanceOfType(value))
            return value;
        var text = System.Convert.ToString(value, CultureInfo.InvariantCulture)!;
        if (target == typeof(string))
            return text;
        try
        {
            return TypeDescriptor.GetConverter(target).ConvertFromInvariantString(text)!;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'{text}' is not a {target.Name}.", exception);
        }
    }
}
