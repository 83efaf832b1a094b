using MyriadSync.Contracts.Stores;

namespace MyriadSync.Configuration.Stores;

/// <summary>Reads <c>access</c>: names of roles as they stand in tokens.</summary>
internal static class AccessReader
{
    public static StoreAccess Read(JsonPart part)
    {
        var members = part.Members("read", "write");
        return new StoreAccess
        {
            Read = members.TryGetValue("read", out var read) ? Roles(read) : null,
            Write = members.TryGetValue("write", out var write) ? Roles(write) : null,
        };
    }

    private static List<string> Roles(JsonPart part)
    {
        var roles = new List<string>();
        foreach (var element in part.Elements())
        {
            if (element.Text() is not { } role)
            {
                continue;
            }

            // A claim that is one text has spaces between the roles.
            if (role.Contains(' ', StringComparison.Ordinal))
            {
                element.Fault("A role has no spaces.");
            }
            else if (roles.Contains(role))
            {
                element.Fault("This role stands here twice.");
            }

            roles.Add(role);
        }

        return roles;
    }
}
