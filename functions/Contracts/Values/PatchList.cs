using System.Buffers;

namespace MyriadSync.Contracts.Values;

/// <summary>An array or a set that a patch changes: its elements in order, and an index of them, so that additions cost no more than their bytes.</summary>
internal sealed class PatchList(bool isSet, List<ReadOnlyMemory<byte>> elements)
{
    private readonly HashSet<ReadOnlyMemory<byte>> _present = new(elements, CanonicalBytes.Comparer);

    /// <summary>Appends those elements that are not there yet, in their order.</summary>
    public void Add(IReadOnlyList<ReadOnlyMemory<byte>> added)
    {
        foreach (var element in added)
        {
            if (_present.Add(element)) elements.Add(element);
        }
    }

    /// <summary>Takes the elements out, every occurrence.</summary>
    public void Remove(IReadOnlyList<ReadOnlyMemory<byte>> removed)
    {
        var gone = new HashSet<ReadOnlyMemory<byte>>(removed, CanonicalBytes.Comparer);
        elements.RemoveAll(gone.Contains);
        _present.ExceptWith(gone);
    }

    /// <summary>Writes the canonical form.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        output.Write(isSet ? "{\"$set\":["u8 : "["u8);
        for (var i = 0; i < elements.Count; i++)
        {
            if (i > 0) output.Write(","u8);
            output.Write(elements[i].Span);
        }

        output.Write(isSet ? "]}"u8 : "]"u8);
    }
}
