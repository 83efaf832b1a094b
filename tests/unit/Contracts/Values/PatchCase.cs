using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.UnitTests.Contracts.Values;

/// <summary>A case of <c>patches.json</c>.</summary>
public sealed record PatchCase(
    string Value, string Verb, string Path, string? Argument, string? Result, string? Reason, string? At, ValueLimits Limits)
{
    /// <summary>The patch that has this one verb.</summary>
    internal PatchBody ToBody() => Verb switch
    {
        "set" => new PatchBody { Set = [new(Path, WireDocument.Canonical(Argument!))] },
        "unset" => new PatchBody { Unset = [Path] },
        "inc" => new PatchBody { Inc = [new(Path, WireDocument.Canonical(Argument!))] },
        "add" => new PatchBody { Add = [new(Path, Elements())] },
        "remove" => new PatchBody { Remove = [new(Path, Elements())] },
        _ => throw new InvalidOperationException($"The golden file has an unknown verb: {Verb}."),
    };

    private List<ReadOnlyMemory<byte>> Elements()
    {
        Assert.True(CanonicalParts.TryGetElements(WireDocument.Canonical(Argument!), out _, out var elements));
        return elements;
    }
}
