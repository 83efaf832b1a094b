using System.Globalization;
using System.Text.Json;

namespace MyriadSync.MyriadEmulator.Scheduler;

/// <summary>The body of a flex call, read as leniently and as strictly as the scheduler reads it.</summary>
internal sealed record FlexRequest
{
    public int? Instances { get; private set; }

    /// <summary>The profile or the service.</summary>
    public string? Name { get; private set; }

    public IReadOnlyList<string?>? Constraints { get; private set; }

    /// <param name="body">The JSON as sent.</param>
    /// <param name="nameField"><c>profile</c> or <c>serviceName</c>.</param>
    /// <param name="error">The reason phrase of the 500; null if the body was read.</param>
    public static FlexRequest Read(ReadOnlyMemory<byte> body, string nameField, out string? error)
    {
        var request = new FlexRequest();
        if (body.Trim(" \r\n\t"u8).IsEmpty)
        {
            error = "No content to map to Object due to end of input";
            return request;
        }
        try
        {
            using var document = JsonDocument.Parse(body);
            error = document.RootElement.ValueKind switch
            {
                JsonValueKind.Null => "request object cannot be null or empty",
                JsonValueKind.Object => request.ReadFields(document.RootElement, nameField),
                _ => "Can not deserialize instance of a flex request out of another token",
            };
        }
        catch (JsonException)
        {
            error = "Unexpected character or end of input";
        }
        return request;
    }

    private string? ReadFields(JsonElement body, string nameField)
    {
        foreach (var property in body.EnumerateObject())
        {
            var error = property.Name switch
            {
                "instances" => ReadInstances(property.Value),
                "constraints" when nameField == "profile" => ReadConstraints(property.Value),
                _ when property.Name == nameField => ReadName(property.Value),
                _ => $"Unrecognized field \"{property.Name}\", not marked as ignorable",
            };
            if (error is not null)
                return error;
        }
        return null;
    }

    private string? ReadInstances(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.Number when value.TryGetDouble(out var number) && number is > int.MinValue - 1d and < int.MaxValue + 1d:
                Instances = (int)number;
                return null;
            case JsonValueKind.String when value.GetString()!.Length == 0:
                return null;
            case JsonValueKind.String when int.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed):
                Instances = parsed;
                return null;
            default:
                return "Can not deserialize instance of java.lang.Integer";
        }
    }

    private string? ReadName(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            return "Can not deserialize instance of java.lang.String";
        Name = value.ValueKind == JsonValueKind.Null ? null : value.ToString();
        return null;
    }

    private string? ReadConstraints(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.Array)
            return "Can not deserialize instance of java.util.ArrayList";
        Constraints = [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? null : item.ToString())];
        return null;
    }
}
