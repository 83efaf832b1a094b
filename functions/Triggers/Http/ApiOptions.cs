using System.ComponentModel.DataAnnotations;

namespace MyriadSync.Triggers.Http;

/// <summary>The API as a whole, section <c>Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>What the <c>type</c> of a problem begins with; its code follows after a slash. The default is served by the app itself, from docs/API.md.</summary>
    [Required, RegularExpression("^(https?:/)?/[^ ?#]*[^ ?#/]$")]
    public string ProblemBase { get; set; } = "/api/v1/problems";
}
