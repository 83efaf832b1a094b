using CsCheck;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.UnitTests.Pipeline.Resolve.Laws;

/// <summary>Promises of <c>field-merge</c> beyond those of every policy.</summary>
public sealed class FieldMergeLaws
{
    private const string Start = """{"title":"t","due":"d","votes":5,"tags":["0","1"],"obj":{"note":"n","deep":{"x":"x"},"hits":5,"marks":["0","1"]}}""";

    private static readonly Gen<(Step, Step, Step, int)> ThreeEdits = Gen.Select(One, One, One, Gen.Int[0, 5]);

    private static Gen<Step> One => Step.Many(1, 1).Select(steps => steps[0]);

    /// <summary>Three clients edit the same state at different times; whoever comes first, the record is the same in the end, elements' order in sets left aside. (Not so where one takes away the object that another writes into, or makes something else of it: then an empty one may stay behind.)</summary>
    [Fact]
    public void ConcurrentEdits_InAnyOrder_GiveTheSameRecord() => Law.Holds(ThreeEdits, drawn =>
    {
        var edits = new[] { drawn.Item1, drawn.Item2, drawn.Item3 }
            .Select((step, i) => Edit(step, i) with { Base = 1, At = Build.At(100 + ((step.Arg + (3 * i)) * 7 % 50), $"c{i}") })
            .ToArray();
        int[][] orders = [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

        var expected = InOrder(edits, [0, 1, 2]);
        var actual = InOrder(edits, orders[drawn.Item4 % 5]);

        Assert.Equal(expected, actual);
    }, drawn => Step.Print([drawn.Item1, drawn.Item2, drawn.Item3]) + drawn.Item4);

    /// <summary>Each client has a field, a nested field and a counter that only it patches: whatever the others do elsewhere, they end as it left them.</summary>
    [Fact]
    public void PatchesOfDifferentFields_AnyInterleaving_LoseNothing() => Law.Holds(Step.Many(clients: 3, most: 24), steps =>
    {
        var server = new LawServer(ConflictPolicy.FieldMerge);
        server.Push("start", [Build.Put("{}", at: 10, client: "start")]);
        var clients = Enumerable.Range(0, 3).Select(i => new LawClient($"c{i}", server)).ToList();
        clients.ForEach(client => client.Pull());
        var last = new Dictionary<string, string>();
        for (var i = 0; i < steps.Length; i++)
        {
            var (step, client) = (steps[i], clients[steps[i].Client]);
            if (step.Action < 10)
            {
                var pointer = (step.Field % 3) switch { 0 => $"/f{step.Client}", 1 => $"/o/f{step.Client}", _ => "/shared" };
                client.Edit(Build.Set(pointer, $"{i}"), skew: 7 * (step.Client - 1) * step.Arg);
                last[pointer] = $"{i}";
            }
            else if (step.Action < 15)
            {
                client.Push(1 + step.Arg, lost: step.Action == 14);
            }
            else
            {
                client.Pull();
            }
        }

        clients.ForEach(client => client.Push(int.MaxValue));
        var value = new ValuePatch(server.States.Single().Value!, ValueLimits.Default);
        Assert.All(last.Where(pair => pair.Key != "/shared"), pair => Assert.Equal(pair.Value, value.TryGet(pair.Key, out var json) ? System.Text.Encoding.UTF8.GetString(json.Span) : null));
    }, Step.Print);

    private static Change Edit(Step step, int i)
    {
        var edit = (step.Action % 10) switch
        {
            0 => Build.Unset("/obj/note"),
            1 or 4 => AtTheTop(step),
            2 => LawEdits.Mixed(step, 1000 + i),
            3 => step.Arg < 3 ? Build.Delete() : Build.Unset("/due"),
            _ => LawEdits.Set(step.Arg % 3 == 2 ? step with { Arg = step.Arg - 1 } : step, 1000 + i),
        };
        return edit with { Seq = 1 };
    }

    // Who assigns the object around a counter assigns the counter: no promise there.
    private static Change AtTheTop(Step step) => LawEdits.AddingUp(step with { Field = step.Field * 2 % 12, Arg = step.Arg / 2 * 2 });

    private static string? InOrder(Change[] edits, int[] order)
    {
        var server = new LawServer(ConflictPolicy.FieldMerge);
        server.Push("start", [Build.Put(Start, at: 10, client: "start")]);
        foreach (var i in order)
        {
            server.Push($"c{i}", [edits[i]]);
        }

        var state = server.States.Single();
        if (state.Value is null)
        {
            return null;
        }

        // Elements stand in the order of the log.
        var patch = new ValuePatch(state.Value, ValueLimits.Default);
        foreach (var pointer in new[] { "/tags", "/obj/marks" })
        {
            if (patch.TryGet(pointer, out var json) && CanonicalParts.TryGetElements(json, out _, out var elements))
            {
                patch.Set(pointer, Build.Utf8($"[{string.Join(',', elements.Select(element => System.Text.Encoding.UTF8.GetString(element.Span)).Order())}]"));
            }
        }

        return patch.TryBuild(out var sorted, out _) ? System.Text.Encoding.UTF8.GetString(sorted.Json.Span) : null;
    }
}
