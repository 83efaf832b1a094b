using System.Diagnostics.CodeAnalysis;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts;

/// <summary>Builds a refusal while a recursive reader unwinds, so that the good path pays nothing for pointers.</summary>
internal struct RefusalTrace
{
    private string? _reason;
    private string? _detail;
    private List<string>? _segments;

    /// <summary>States the trouble. Always false, for <c>return trace.Refuse(…)</c>.</summary>
    public bool Refuse(string reason, string detail)
    {
        (_reason, _detail) = (reason, detail);
        return false;
    }

    /// <summary>Adds the segment one level further out. Always false.</summary>
    public bool Under(string segment)
    {
        // The size is a matter of the whole: where the limit happened to be crossed tells nobody anything.
        if (_reason != RefusalReasons.TooLarge && _reason != RefusalReasons.KeyTooLong) (_segments ??= []).Add(segment);
        return false;
    }

    /// <summary>The refusal, if one was stated.</summary>
    public readonly bool TryGet([NotNullWhen(true)] out Refusal? refusal)
    {
        refusal = null;
        if (_reason is null) return false;

        var pointer = "";
        if (_segments is not null) pointer = JsonPointers.Format(Enumerable.Reverse(_segments));
        refusal = new Refusal(_reason, pointer, _detail!);
        return true;
    }
}
