using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;

namespace MyriadSync.FunctionsRuntime.Tests.Api;

/// <summary>The public and protected members of an assembly, one a line, in the form of the listing.</summary>
internal static class PublicMembers
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Of(string assemblyPath)
    {
        string[] folders = [Path.GetDirectoryName(assemblyPath)!, RuntimeEnvironment.GetRuntimeDirectory(), Path.GetDirectoryName(typeof(HttpContext).Assembly.Location)!];
        var files = folders.SelectMany(f => Directory.EnumerateFiles(f, "*.dll")).GroupBy(Path.GetFileName).Select(g => g.First());
        using var context = new MetadataLoadContext(new PathAssemblyResolver(files));
        return [.. context.LoadFromAssemblyPath(assemblyPath).GetTypes().Where(IsVisible).SelectMany(Lines).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Lines(Type type)
    {
        yield return $"{Name(type)} : {Kind(type)}";
        foreach (var constructor in type.GetConstructors(All).Where(IsSeen))
            yield return $"{Name(type)}::.ctor({Parameters(constructor)})";
        foreach (var method in type.GetMethods(All).Where(m => IsSeen(m) && !m.Name.Contains("<Clone>$", StringComparison.Ordinal)))
            yield return $"{Name(type)}::{method.Name}{(method.IsGenericMethod ? $"`{method.GetGenericArguments().Length}" : string.Empty)}({Parameters(method)}) -> {Name(method.ReturnType)}";
        foreach (var field in type.GetFields(All).Where(f => (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly) && f.Name != "value__"))
            yield return $"{Name(type)}::{field.Name} -> {Name(field.FieldType)}";
    }

    private static string Kind(Type type) =>
        type.IsInterface ? "interface"
        : type.IsEnum ? "enum"
        : type.IsValueType ? "struct"
        : type.BaseType?.FullName == "System.MulticastDelegate" ? "delegate"
        : "class";

    private static bool IsVisible(Type type) => type.IsPublic || (type.IsNestedPublic && IsVisible(type.DeclaringType!));

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.IsOptional ? "?" : string.Empty)}"));

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (type.IsByRef)
            return Name(type.GetElementType()!) + "&";
        var full = (type.DeclaringType is { } outer ? $"{Name(outer)}.{type.Name}" : $"{type.Namespace}.{type.Name}").Split('`')[0];
        return type.IsGenericType ? $"{full}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : full;
    }
}
