using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MyriadSync.Contracts;

namespace MyriadSync.Triggers.Http;

/// <summary>Reads <c>{"instances": 3}</c>, and nothing else.</summary>
internal static class InstancesBody
{
    /// <summary>More than any cluster that one scheduler runs; a typing error, then.</summary>
    public const int Max = 1000;

    private const int MaxBytes = 1024;

    public static async Task<(int Instances, Problem? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(request, MaxBytes, cancellationToken);
        if (body.Problem is not null)
            return (0, body.Problem);
        return Read(body.Bytes) is { } instances ? (instances, null) : (0, Wrong());
    }

    private static int? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.EnumerateObject().Count() == 1
                && root.TryGetProperty("instances", out var value) && value.ValueKind == JsonValueKind.Number
                && value.TryGetInt32(out var instances) && instances is >= 0 and <= Max
                    ? instances
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Problem Wrong()
    {
        var detail = $"The body must be {{\"instances\": n}}, n a whole number from 0 to {Max}.";
        return new Problem(Problems.InvalidRequest, detail) { Errors = [new Refusal("invalid-instances", "/instances", detail)] };
    }
}
