using System.Text.Json;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>Reads small JSON bodies.</summary>
internal static class JsonBody
{
    /// <returns>False if it is not JSON; an empty body is null.</returns>
    public static bool TryParse(GatewayRequest request, out JsonElement? body)
    {
        body = null;
        if (request.Body.Length == 0)
            return true;
        try
        {
            using var document = JsonDocument.Parse(request.Body.Written);
            body = document.RootElement.ValueKind == JsonValueKind.Null ? null : document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Attributes are text, whatever they were sent as.</summary>
    public static string? AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null => null,
        _ => value.GetRawText(),
    };
}
