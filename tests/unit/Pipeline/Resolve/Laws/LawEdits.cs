using System.Globalization;
using MyriadSync.Contracts;

namespace MyriadSync.UnitTests.Pipeline.Resolve.Laws;

/// <summary>Edits derived from small numbers.</summary>
internal static class LawEdits
{
    private static readonly string[] Plain = ["/title", "/due", "/obj/note", "/obj/deep/x", "/obj"];
    private static readonly string[] Counters = ["/votes", "/obj/hits"];
    private static readonly string[] Sets = ["/tags", "/obj/marks"];

    /// <summary>Any edit.</summary>
    public static Change Any(Step step, int unique) => (step.Action % 10) switch
    {
        0 => Build.Put(Whole(step, unique)),
        1 => step.Arg < 4 ? Build.Delete() : Build.Put(Whole(step, unique)),
        2 => Build.Unset(Plain[step.Field % Plain.Length]),
        3 or 4 => AddingUp(step),
        5 => Mixed(step, unique),
        _ => Set(step, unique),
    };

    /// <summary>A set of one plain field to a value that no other edit has.</summary>
    public static Change Set(Step step, int unique)
    {
        var pointer = Plain[step.Field % Plain.Length];
        return Build.Set(pointer, pointer == "/obj" ? (step.Arg % 3) switch
        {
            0 => $$"""{"note":{{unique}}}""",
            1 => $$"""{"deep":{"x":{{unique}}},"hits":{{step.Arg}}}""",
            _ => Text(unique),
        } : Text(unique));
    }

    /// <summary>A verb on a counter or a set.</summary>
    public static Change AddingUp(Step step) => (step.Field % 3) switch
    {
        0 => Build.Inc(Counters[step.Arg % 2], step.Arg - 3),
        1 => Build.Add(Sets[step.Field % 2], Text(step.Arg % 4)),
        _ => Build.Remove(Sets[step.Field % 2], Text(step.Arg % 4)),
    };

    /// <summary>A patch that also adds up.</summary>
    public static Change Mixed(Step step, int unique) => Build.Patch(Set(step with { Field = step.Field % 2 }, unique).Patch! with
    {
        Inc = [new("/votes", Build.Utf8("1"))],
        Add = [new("/tags", [Build.Utf8(Text(step.Arg % 4))])],
    });

    private static string Whole(Step step, int unique) =>
        $$"""{"title":{{Text(unique)}},"votes":{{step.Arg}},"tags":[{{Text(step.Arg % 4)}}]{{(step.Field % 2 == 0 ? $$""","obj":{"note":{{unique}},"hits":1}""" : "")}}}""";

    private static string Text(int number) => string.Create(CultureInfo.InvariantCulture, $"\"{number}\"");
}
