using System.Buffers;

namespace MyriadSync.Contracts.Values;

/// <summary>Writes canonical objects from fields that are canonical and in order.</summary>
internal static class ObjectWriter
{
    /// <summary>Writes a plain object, wrapped in <c>$object</c> if a member would pass for a tag.</summary>
    public static void Write(ReadOnlySpan<RecordField> fields, IBufferWriter<byte> output)
    {
        var wrapped = false;
        foreach (var field in fields) wrapped |= field.Name.StartsWith('$');

        output.Write(wrapped ? "{\"$object\":{"u8 : "{"u8);
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0) output.Write(","u8);
            WireText.Write(fields[i].Name, output);
            output.Write(":"u8);
            output.Write(fields[i].Json.Span);
        }

        output.Write(wrapped ? "}}"u8 : "}"u8);
    }
}
