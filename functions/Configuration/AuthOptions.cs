using System.ComponentModel.DataAnnotations;

namespace MyriadSync.Configuration;

/// <summary>Which tokens are taken, section <c>Auth</c>. The app does not start unless they can be checked.</summary>
public sealed class AuthOptions
{
    /// <summary>The token's <c>iss</c>, exactly.</summary>
    [Required]
    public string Issuer { get; set; } = "";

    /// <summary>One of the token's <c>aud</c>, exactly.</summary>
    [Required]
    public string Audience { get; set; } = "";

    /// <summary>Address whose <c>/.well-known/openid-configuration</c> names the keys (https; http only for a loopback address). This or <see cref="Keys"/>.</summary>
    public string? Authority { get; set; }

    /// <summary>The public keys themselves: the JSON text of a JWK set (RFC 7517). This or <see cref="Authority"/>.</summary>
    public string? Keys { get; set; }

    /// <summary>Claim with the roles <c>read</c>, <c>write</c>, <c>operate</c>: an array of texts, or one text with spaces between. Default <c>roles</c>.</summary>
    [Required]
    public string RolesClaim { get; set; } = "roles";

    /// <summary>Claim with the datasets, in the same form: exact names, prefixes such as <c>team-*</c>, or <c>*</c>. Default <c>datasets</c>.</summary>
    [Required]
    public string DatasetsClaim { get; set; } = "datasets";

    /// <summary>Datasets that every token gives access to, beside its claim: names, prefixes, and names with <c>{sub}</c> such as <c>user-{sub}</c>. Default: none.</summary>
    public IList<string> DatasetPatterns { get; init; } = [];
}
