using System.Reflection;

namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>The assemblies that may hold functions: those in reach of the entry assembly that reference this one.</summary>
internal static class FunctionAssemblies
{
    /// <summary>The entry assembly, what it references, and what is loaded, as far as it references the runtime.</summary>
    public static IReadOnlyList<Assembly> Find()
    {
        var own = typeof(FunctionAssemblies).Assembly;
        var found = AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic).ToHashSet();
        if (Assembly.GetEntryAssembly() is { } entry)
        {
            found.Add(entry);
            foreach (var name in entry.GetReferencedAssemblies().Where(n => !IsPlatform(n)))
                found.Add(Assembly.Load(name));
        }

        return [.. found.Where(a => a != own && a.GetReferencedAssemblies().Any(n => n.Name == own.GetName().Name)).OrderBy(a => a.FullName, StringComparer.Ordinal)];
    }

    private static bool IsPlatform(AssemblyName name) =>
        name.Name is { } text && (text.StartsWith("System.", StringComparison.Ordinal) || text.StartsWith("Microsoft.", StringComparison.Ordinal));
}
