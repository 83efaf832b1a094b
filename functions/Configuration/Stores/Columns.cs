using System.Text.RegularExpressions;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.Configuration.Stores;

/// <summary>Which columns a mapping may name: those that every gateway version, and a person in the hbase shell, can name too.</summary>
internal static partial class Columns
{
    /// <summary>Leaves a fault where the name is none.</summary>
    public static void Check(JsonPart part, string column)
    {
        if (Allowed().Match(column) is not { Success: true } match || match.Groups[2].Length > Qualifiers.MaxLength)
        {
            part.Fault($"A column is a family and a qualifier, such as d:name: the family of A-Z a-z 0-9 _, the qualifier of A-Z a-z 0-9 - . _ ~, up to {Qualifiers.MaxLength} characters.");
        }
        else if (match.Groups[1].Value == "m")
        {
            part.Fault("Family m is the sync's own. Allowed: any other, such as d.");
        }
    }

    [GeneratedRegex(@"^([A-Za-z0-9_]{1,64}):([A-Za-z0-9._~-]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
