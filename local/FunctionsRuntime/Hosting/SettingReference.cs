using Microsoft.Extensions.Configuration;
using MyriadSync.FunctionsRuntime.Invocation;

namespace MyriadSync.FunctionsRuntime.Hosting;

/// <summary><c>%Setting%</c> in an attribute.</summary>
internal static class SettingReference
{
    /// <summary>The text, or the setting that it names.</summary>
    /// <exception cref="FunctionAppException">There is no such setting.</exception>
    public static string Resolve(string text, IConfiguration configuration, string function)
    {
        if (text.Length < 3 || text[0] != '%' || text[^1] != '%')
            return text;
        var name = text[1..^1];
        return configuration[name.Replace("__", ":", StringComparison.Ordinal)]
            ?? throw new FunctionAppException($"Function '{function}' names the setting '{name}', which is not set.");
    }
}
