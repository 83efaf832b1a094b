using System.Buffers;
using System.Text;
using System.Text.Json;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Migrations;

/// <summary>Converts single values (canonical JSON), both ways.</summary>
internal static class Conversions
{
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.e"u8);

    public static ReadOnlyMemory<byte> Up(ConvertStep step, ReadOnlyMemory<byte> json) =>
        Listed(step.Values, json, up: true) ?? (step.As == NumberText.Text ? ToText(json) : step.As == NumberText.Number ? ToNumber(json) : null) ?? json;

    public static ReadOnlyMemory<byte> Down(ConvertStep step, ReadOnlyMemory<byte> json) =>
        Listed(step.Values, json, up: false) ?? (step.As == NumberText.Text ? ToNumber(json) : step.As == NumberText.Number ? ToText(json) : null) ?? step.Otherwise ?? json;

    private static ReadOnlyMemory<byte>? Listed(IReadOnlyList<(ReadOnlyMemory<byte> Old, ReadOnlyMemory<byte> New)> values, ReadOnlyMemory<byte> json, bool up)
    {
        foreach (var (old, @new) in values)
        {
            if ((up ? old : @new).Span.SequenceEqual(json.Span))
            {
                return up ? @new : old;
            }
        }

        return null;
    }

    private static byte[]? ToText(ReadOnlyMemory<byte> json) =>
        IsNumber(json.Span) ? Encoding.ASCII.GetBytes($"\"{Encoding.ASCII.GetString(json.Span)}\"") : null;

    /// <summary>Only texts that a number would become: so the way back leads to the same text.</summary>
    private static byte[]? ToNumber(ReadOnlyMemory<byte> json)
    {
        if (json.Length < 3 || json.Span[0] != '"' || !IsNumber(json.Span[1..^1]))
        {
            return null;
        }

        try
        {
            return CanonicalJson.TryRead(json.Span[1..^1], ValueLimits.Default, out var number, out _) && number.AsSpan().SequenceEqual(json.Span[1..^1]) ? number : null;
        }
        catch (JsonException)
        {
            // Digits and signs that are no JSON number, such as 1-2.
            return null;
        }
    }

    private static bool IsNumber(ReadOnlySpan<byte> json) => !json.ContainsAnyExcept(NumberBytes);
}
