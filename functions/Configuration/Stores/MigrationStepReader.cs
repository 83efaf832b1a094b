using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Configuration.Stores;

/// <summary>Reads one step of a migration; its kind is the member that says where.</summary>
internal static class MigrationStepReader
{
    private static readonly Dictionary<string, NumberText> Forms = new() { ["text"] = NumberText.Text, ["number"] = NumberText.Number };

    public static MigrationStep? Read(JsonPart part)
    {
        var kinds = part.Members().Select(member => member.Name).Intersect(["rename", "add", "drop", "convert", "code"]).ToList();
        if (kinds.Count != 1)
        {
            part.Fault("A step is one of rename, add, drop, convert and code.");
            return null;
        }

        return kinds[0] switch
        {
            "rename" => Rename(part),
            "add" => Add(part),
            "drop" => Drop(part),
            "convert" => Convert(part),
            _ => part.Members("code")["code"].Text() is { } name ? new CodeStep(name) : null,
        };
    }

    private static RenameStep? Rename(JsonPart part)
    {
        var members = part.Members("rename", "to");
        var (from, to) = (members["rename"].RecordPointer(), members.TryGetValue("to", out var name) ? name.Text() : null);
        if (!members.ContainsKey("to"))
        {
            part.Fault("The member to is missing: the new name, in the same object.");
        }

        return from is null || to is null ? null : new RenameStep(from, JsonPointers.Append(from[..from.LastIndexOf('/')], to));
    }

    private static AddStep? Add(JsonPart part)
    {
        var members = part.Members("add", "value");
        return members["add"].RecordPointer() is { } pointer ? new AddStep(pointer, members.TryGetValue("value", out var value) ? value.Value() : null) : null;
    }

    private static DropStep? Drop(JsonPart part)
    {
        var members = part.Members("drop", "lower");
        return members["drop"].RecordPointer() is { } pointer ? new DropStep(pointer, members.TryGetValue("lower", out var lower) ? lower.Value() : null) : null;
    }

    private static ConvertStep? Convert(JsonPart part)
    {
        var members = part.Members("convert", "values", "as", "otherwise");
        if (!members.ContainsKey("values") && !members.ContainsKey("as"))
        {
            part.Fault("A conversion has values, a list of [old, new], or as, text or number.");
        }

        return members["convert"].RecordPointer() is not { } pointer ? null : new ConvertStep(pointer)
        {
            Values = members.TryGetValue("values", out var values) ? Values(values) : [],
            As = members.TryGetValue("as", out var form) ? form.Choice(Forms) : null,
            Otherwise = members.TryGetValue("otherwise", out var otherwise) ? otherwise.Value() : null,
        };
    }

    private static List<(ReadOnlyMemory<byte> Old, ReadOnlyMemory<byte> New)> Values(JsonPart part)
    {
        var values = new List<(ReadOnlyMemory<byte> Old, ReadOnlyMemory<byte> New)>();
        foreach (var pair in part.Elements())
        {
            var sides = pair.Elements();
            if (sides.Count != 2 || sides[0].Value() is not { } old || sides[1].Value() is not { } @new)
            {
                pair.Fault("A pair of an old and a new value is needed here.");
                continue;
            }

            if (values.Exists(other => other.Old.Span.SequenceEqual(old.Span) || other.New.Span.SequenceEqual(@new.Span)))
            {
                pair.Fault("Each value may stand once on its side, or there would be no way back.");
            }

            values.Add((old, @new));
        }

        return values;
    }
}
