namespace MyriadSync.Security;

/// <summary>Who calls, as their token says.</summary>
public sealed record Caller
{
    /// <summary>The token's <c>sub</c>: whom client ids belong to.</summary>
    public required string Sub { get; init; }

    /// <summary>What they may do.</summary>
    public required Role Roles { get; init; }

    /// <summary>Their roles as the token names them: stores' files may name others than the three of <see cref="Roles"/>.</summary>
    public IReadOnlyList<string> RoleNames { get; init; } = [];

    /// <summary>With which datasets.</summary>
    public required DatasetAccess Datasets { get; init; }
}
