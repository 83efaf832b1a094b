using System.Runtime.InteropServices;
using System.Text.Json;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Configuration.Stores;

/// <summary>A value of a file with the pointer to it. Whoever reads it as something that it is not leaves a fault behind and gets nothing.</summary>
/// <param name="Json">The value.</param>
/// <param name="Pointer">JSON Pointer in the file.</param>
/// <param name="Faults">Where faults go.</param>
internal readonly record struct JsonPart(JsonElement Json, string Pointer, JsonFaults Faults)
{
    /// <summary>Notes what is wrong here.</summary>
    public void Fault(string detail) => Faults.Add(Pointer, detail);

    /// <summary>The members of an object, by name; none, and a fault, for what is no object.</summary>
    public IReadOnlyList<(string Name, JsonPart Part)> Members()
    {
        if (Json.ValueKind != JsonValueKind.Object)
        {
            Fault($"An object is needed here, not {Kind}.");
            return [];
        }

        var (pointer, faults) = (Pointer, Faults);
        return [.. Json.EnumerateObject().Select(member => (member.Name, new JsonPart(member.Value, JsonPointers.Append(pointer, member.Name), faults)))];
    }

    /// <summary>The members of an object that has these and no others; the fault of another one names them.</summary>
    public IReadOnlyDictionary<string, JsonPart> Members(params string[] allowed)
    {
        var members = new Dictionary<string, JsonPart>();
        foreach (var (name, part) in Members())
        {
            if (!allowed.Contains(name))
            {
                part.Fault($"There is no member of this name. Allowed: {string.Join(", ", allowed)}.");
            }

            members[name] = part;
        }

        return members;
    }

    /// <summary>The elements of an array.</summary>
    public IReadOnlyList<JsonPart> Elements()
    {
        if (Json.ValueKind != JsonValueKind.Array)
        {
            Fault($"An array is needed here, not {Kind}.");
            return [];
        }

        var (pointer, faults) = (Pointer, Faults);
        return [.. Json.EnumerateArray().Select((element, i) => new JsonPart(element, FormattableString.Invariant($"{pointer}/{i}"), faults))];
    }

    /// <summary>A text that is not empty; null and a fault for anything else.</summary>
    public string? Text()
    {
        if (Json.ValueKind == JsonValueKind.String && Json.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        Fault($"A text that is not empty is needed here, not {Kind}.");
        return null;
    }

    /// <summary>True or false; null and a fault for anything else.</summary>
    public bool? Flag()
    {
        if (Json.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return Json.GetBoolean();
        }

        Fault($"true or false is needed here, not {Kind}.");
        return null;
    }

    /// <summary>One of some names; null and a fault for anything else.</summary>
    public T? Choice<T>(IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (Json.ValueKind == JsonValueKind.String && choices.TryGetValue(Json.GetString()!, out var choice))
        {
            return choice;
        }

        Fault($"{(Json.ValueKind == JsonValueKind.String ? Json.GetRawText() : Kind)} is not allowed here. Allowed: {string.Join(", ", choices.Keys)}.");
        return null;
    }

    /// <summary>A pointer to a part of a record, below its root.</summary>
    public string? RecordPointer()
    {
        if (Text() is not { } text)
        {
            return null;
        }

        if (JsonPointers.TryParse(text, out var segments) && segments.Count > 0)
        {
            return text;
        }

        Fault("A JSON Pointer to a part of the record is needed here, such as /votes or /place/name.");
        return null;
    }

    /// <summary>A record's or a field's value in canonical JSON.</summary>
    public ReadOnlyMemory<byte>? Value()
    {
        var bytes = JsonMarshal.GetRawUtf8Value(Json);
        if (CanonicalJson.TryRead(bytes, ValueLimits.Default, out var canonical, out var refusal))
        {
            return canonical;
        }

        Faults.Add(Pointer + refusal.Pointer, $"This is no value that a record may have: {refusal.Detail}");
        return null;
    }

    private string Kind => Json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => Json.GetString()!.Length == 0 ? "an empty text" : "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };
}
