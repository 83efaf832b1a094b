using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using MyriadSync.Configuration;

namespace MyriadSync.Security;

/// <summary>Reads the caller out of a token that holds.</summary>
internal sealed class CallerReader(AuthOptions options)
{
    private const int MaxSubChars = 256;

    /// <summary>The caller; null when the token has no usable <c>sub</c>.</summary>
    public Caller? Read(JsonWebToken token)
    {
        // The payload itself: the token's own accessors turn numbers into texts.
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
        var claims = payload.RootElement;
        if (!claims.TryGetProperty("sub", out var claim) || claim.ValueKind != JsonValueKind.String)
            return null;
        var sub = claim.GetString()!;
        if (sub.Length is 0 or > MaxSubChars)
            return null;

        var patterns = options.DatasetPatterns.Select(pattern => SubjectPattern.Expand(pattern, sub));
        var roles = Texts(claims, options.RolesClaim);
        return new Caller
        {
            Sub = sub,
            RoleNames = roles,
            Roles = roles.Aggregate(Role.None, (roles, name) => roles | RoleOf(name)),
            Datasets = new DatasetAccess(Texts(claims, options.DatasetsClaim).Concat(patterns)),
        };
    }

    /// <summary>A claim that is an array of texts, or one text with spaces between. Anything else in it gives nothing.</summary>
    private static string[] Texts(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var value))
            return [];
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            JsonValueKind.Array => [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
            _ => [],
        };
    }

    private static Role RoleOf(string name) => name switch
    {
        "read" => Role.Read,
        "write" => Role.Write,
        "operate" => Role.Operate,
        _ => Role.None,
    };
}
