using System.Text.Json;
using MyriadSync.Contracts;

namespace MyriadSync.Triggers.Http;

/// <summary>Reads the members of a small JSON body, each within bounds, and collects what is wrong with them. Unknown members are refused.</summary>
internal sealed class JsonFields
{
    /// <summary>Bodies of commands are small; one that resolves a conflict may hold a value, and says so.</summary>
    public const int MaxBytes = 64 * 1024;

    private readonly List<Refusal> _errors = [];
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);

    private JsonFields()
    {
    }

    /// <summary>What is wrong with the members read so far, and with those that nothing has read; null: nothing.</summary>
    public Problem? Problem
    {
        get
        {
            _errors.AddRange(_members.Keys.Select(name => new Refusal("unknown-member", "/" + name, "There is no such member.")));
            _members.Clear();
            return _errors.Count == 0 ? null : new Problem(Problems.InvalidRequest, _errors[0].Detail) { Errors = _errors };
        }
    }

    /// <summary>Reads a body; an empty one has no members. Keep the bytes until everything is read.</summary>
    public static JsonFields Read(ReadOnlyMemory<byte> body)
    {
        var fields = new JsonFields();
        try
        {
            var root = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 1024, AllowDuplicateProperties = false }).RootElement;
            if (root.ValueKind == JsonValueKind.Object)
                root.EnumerateObject().ToList().ForEach(member => fields._members[member.Name] = member.Value);
            else
                fields.Error("", "not-an-object", "The body must be a JSON object.");
        }
        catch (JsonException)
        {
            fields.Error("", "not-json", "The body is not JSON, or has a member twice.");
        }

        return fields;
    }

    /// <summary>Whether the member is there.</summary>
    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>A text; null when it is missing or unsound.</summary>
    public string? Text(string name, int max, bool required = false, Predicate<string>? sound = null)
    {
        if (!_members.Remove(name, out var value))
        {
            if (required)
                Error(name, "missing", "The member is needed.");
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= max && sound?.Invoke(text) != false)
            return text;
        Error(name, "invalid", $"A text of 1 to {max} characters is needed, of those that the documentation allows.");
        return null;
    }

    /// <summary>A whole number from <paramref name="min"/> on; null when it is missing or unsound.</summary>
    public long? Integer(string name, long min, long max, bool required = false)
    {
        if (!_members.Remove(name, out var value))
        {
            if (required)
                Error(name, "missing", "The member is needed.");
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max)
            return number;
        Error(name, "invalid", $"A whole number from {min} to {max} is needed.");
        return null;
    }

    /// <summary>A list of texts without repeats; null when it is missing or unsound.</summary>
    public IReadOnlyList<string>? Texts(string name, int maxCount, Predicate<string> sound)
    {
        if (!_members.Remove(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is > 0 and var count && count <= maxCount
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && sound(item.GetString()!)))
            return [.. value.EnumerateArray().Select(item => item.GetString()!).Distinct()];
        Error(name, "invalid", $"A list of 1 to {maxCount} of what answers gave is needed.");
        return null;
    }

    /// <summary>A member of any type; null when it is missing.</summary>
    public JsonElement? Any(string name) => _members.Remove(name, out var value) ? value : null;

    /// <summary>Notes what is wrong with a member.</summary>
    public void Error(string name, string reason, string detail) => _errors.Add(new Refusal(reason, name.Length == 0 ? "" : "/" + name, detail));
}
