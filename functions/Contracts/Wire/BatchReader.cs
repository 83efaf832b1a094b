using System.Text.Json;
using System.Text.Unicode;

namespace MyriadSync.Contracts.Wire;

/// <summary>
/// Reads the body of a batch, in one pass and without a copy of it as text. Pure: the same bytes under the same limits give the same reading, so what was
/// checked when it came in can be read again from where it was kept. An error of the envelope refuses the batch, an error of one change is that change's
/// <see cref="Change.Refusal"/>.
/// </summary>
public static class BatchReader
{
    /// <summary>Reads a body. Never throws, whatever the bytes are.</summary>
    /// <param name="json">The whole body, inflated.</param>
    /// <param name="limits">Changes a batch, bytes and depth of a value.</param>
    public static BatchReading Read(ReadOnlySpan<byte> json, SyncLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (!Utf8.IsValid(json))
            return new BatchReading { Errors = [new Refusal(RefusalReasons.InvalidUtf8, "", "The body is not UTF-8.")] };

        try
        {
            return new EnvelopeReader(json, limits).Read();
        }
        catch (JsonException exception)
        {
            var where = $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
            return new BatchReading { Errors = [new Refusal(WireReasons.NotJson, "", $"The body is not JSON ({where}).")] };
        }
    }
}
