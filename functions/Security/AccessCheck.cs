namespace MyriadSync.Security;

/// <summary>Decides whether a caller may do something.</summary>
public static class AccessCheck
{
    /// <summary>Null: they may. Otherwise why not, for people; it does not tell whether the dataset exists.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="role">The one role that is needed.</param>
    /// <param name="dataset">The dataset touched; null when none is.</param>
    public static string? Denial(Caller caller, Role role, string? dataset)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (role == Role.None || (caller.Roles & role) != role)
            return $"The role {role.ToString().ToLowerInvariant()} is needed.";
        return dataset is null || caller.Datasets.Allows(dataset) ? null : "The token does not give access to this dataset.";
    }
}
