using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>A place in a schema. Whoever reads it as something that it is not leaves a fault behind, and gets what stands for nothing.</summary>
/// <param name="Json">What stands there.</param>
/// <param name="Pointer">JSON Pointer to it from the schema's root.</param>
/// <param name="Fault">Takes what is wrong: pointer and detail.</param>
internal readonly record struct SchemaPart(JsonElement Json, string Pointer, Action<string, string> Fault)
{
    /// <summary>Leaves a fault here.</summary>
    public void Wrong(string detail) => Fault(Pointer, detail);

    /// <summary>The place of a member.</summary>
    public SchemaPart Under(JsonProperty member) => new(member.Value, JsonPointers.Append(Pointer, member.Name), Fault);

    /// <summary>Whether this is an object with the keyword, and its place.</summary>
    public bool Has(string keyword, out SchemaPart part)
    {
        var has = Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(keyword, out var value) ? value : default(JsonElement?);
        part = has is { } found ? new(found, JsonPointers.Append(Pointer, keyword), Fault) : default;
        return has is not null;
    }

    /// <summary>Whether this is an object with one of the keywords.</summary>
    public bool HasAny(params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (Has(keyword, out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The members of an object of schemas.</summary>
    public IReadOnlyList<(string Name, SchemaPart Part)> Members()
    {
        if (Json.ValueKind == JsonValueKind.Object)
        {
            var self = this;
            return [.. Json.EnumerateObject().Select(member => (member.Name, self.Under(member)))];
        }

        Wrong("An object of schemas is needed here.");
        return [];
    }

    /// <summary>The elements of an array that may not be empty; none and a fault for anything else.</summary>
    public List<SchemaPart> Elements(string needed)
    {
        if (Json.ValueKind == JsonValueKind.Array && Json.GetArrayLength() > 0)
        {
            var (pointer, fault) = (Pointer, Fault);
            return [.. Json.EnumerateArray().Select((element, i) => new SchemaPart(element, FormattableString.Invariant($"{pointer}/{i}"), fault))];
        }

        Wrong(needed);
        return [];
    }

    /// <summary>An array of names.</summary>
    public List<string> Names()
    {
        if (Json.ValueKind == JsonValueKind.Array && Json.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String))
        {
            return [.. Json.EnumerateArray().Select(name => name.GetString()!)];
        }

        Wrong("An array of names is needed here.");
        return [];
    }

    /// <summary>The whole number from 0 that a keyword says; null: it is not there, or says something else.</summary>
    public int? Count(string keyword)
    {
        if (!Has(keyword, out var part))
        {
            return null;
        }

        if (part.Json.ValueKind == JsonValueKind.Number && part.Json.TryGetInt32(out var count) && count >= 0)
        {
            return count;
        }

        part.Wrong("A whole number from 0 is needed here.");
        return null;
    }

    /// <summary>The number that a keyword says; null: it is not there, or says something else.</summary>
    /// <param name="keyword">The keyword.</param>
    /// <param name="above">What it has to be above.</param>
    public double? Number(string keyword, double above = double.NegativeInfinity)
    {
        if (!Has(keyword, out var part))
        {
            return null;
        }

        if (part.Json.ValueKind == JsonValueKind.Number && part.Json.GetDouble() is var number && double.IsFinite(number) && number > above)
        {
            return number;
        }

        part.Wrong(above == 0 ? "A number above 0 is needed here." : "A number is needed here.");
        return null;
    }

    /// <summary>True or false.</summary>
    public bool Flag()
    {
        if (Json.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return Json.GetBoolean();
        }

        Wrong("true or false is needed here.");
        return false;
    }

    /// <summary>A regular expression. Matched in linear time, whatever the text: a client must not be able to keep the server busy with one.</summary>
    public Regex? Pattern()
    {
        try
        {
            return new Regex(Json.ValueKind == JsonValueKind.String ? Json.GetString()! : "(", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            Wrong("A regular expression is needed here, without look-around and back-references.");
            return null;
        }
    }

    /// <summary>A value that a record may have, in canonical JSON.</summary>
    public ReadOnlyMemory<byte> Canonical()
    {
        if (CanonicalJson.TryRead(JsonMarshal.GetRawUtf8Value(Json), ValueLimits.Default, out var json, out var refusal))
        {
            return json;
        }

        Fault(Pointer + refusal.Pointer, $"This is no value that a record may have: {refusal.Detail}");
        return default;
    }
}
