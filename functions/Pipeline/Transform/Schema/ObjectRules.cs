using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>What a schema says of objects.</summary>
internal sealed class ObjectRules
{
    /// <summary>The members that it names, in canonical order.</summary>
    public required IReadOnlyList<PropertyRule> Properties { get; init; }

    /// <summary>For all other members; null: any value.</summary>
    public SchemaNode? Additional { get; init; }

    /// <summary>False: there are no other members.</summary>
    public bool AllowsOthers { get; init; } = true;

    /// <summary>Fewest members.</summary>
    public int Min { get; init; }

    /// <summary>Most members.</summary>
    public int Max { get; init; } = int.MaxValue;

    /// <summary>It names a member that begins with a dollar sign, and so speaks of tagged values.</summary>
    public bool NamesTags { get; init; }

    public Refusal? Check(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var (count, next, missing) = (0, 0, default(string));
        for (CanonicalJson.Next(ref reader); reader.TokenType == JsonTokenType.PropertyName; CanonicalJson.Next(ref reader))
        {
            count++;
            if (Find(ref reader, ref next, ref missing) is { } rule)
            {
                CanonicalJson.Next(ref reader);
                if (rule.Schema.Check(ref reader, json) is { } wrong)
                {
                    return Under(wrong, rule.Name);
                }
            }
            else if (Other(ref reader, json) is { } wrong)
            {
                return wrong;
            }
        }

        for (; next < Properties.Count; next++)
        {
            missing ??= Properties[next].Required ? Properties[next].Name : null;
        }

        return missing is not null ? Wrong($"The member {missing} is required.")
            : count < Min ? Wrong($"At least {Min} members are needed.")
            : count > Max ? Wrong($"At most {Max} members are allowed.")
            : null;
    }

    /// <summary>Members come in canonical order, as the rules are: one step forward finds most of them.</summary>
    private PropertyRule? Find(ref Utf8JsonReader reader, ref int next, ref string? missing)
    {
        for (var i = next; i < Properties.Count; i++)
        {
            if (reader.ValueTextEquals(Properties[i].Name))
            {
                for (; next < i; next++)
                {
                    missing ??= Properties[next].Required ? Properties[next].Name : null;
                }

                next++;
                return Properties[i];
            }
        }

        return null;
    }

    private Refusal? Other(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var name = reader;
        CanonicalJson.Next(ref reader);
        var wrong = !AllowsOthers ? Wrong("There is no member of this name.") : Additional?.Check(ref reader, json);
        if (wrong is null)
        {
            if (Additional is null)
            {
                reader.Skip();
            }

            return null;
        }

        WireText.TryRead(ref name, out var text);
        return Under(wrong, text);
    }

    private static Refusal Under(Refusal wrong, string name) => wrong.Under(JsonPointers.Append("", name));

    private static Refusal Wrong(string detail) => new(SchemaNode.Reason, "", detail);
}
