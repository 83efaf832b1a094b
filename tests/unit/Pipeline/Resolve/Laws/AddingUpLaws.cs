using System.Globalization;
using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.UnitTests.Pipeline.Resolve.Laws;

/// <summary>What adds up does so under every policy: nothing of it is lost, taken twice, or in conflict, also where the rest of the same patch is.</summary>
public sealed class AddingUpLaws
{
    private const string Start = """{"title":"t","votes":0,"tags":["0","1"],"obj":{"hits":0,"marks":["0","1"]}}""";

    public static TheoryData<ConflictPolicy> Policies => new(LawStores.All);

    /// <summary>Counters against their sums; sets against the textbook's: every add has an identity, and a remove takes those that its client has seen.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void CountersAndSets_EditsRetriesAndConflicts_AreTheSumOfWhatWasAddedAndNotRemovedInKnowledgeOfIt(ConflictPolicy policy) => Law.Holds(Step.Many(clients: 3, most: 24), steps =>
    {
        var sums = new Dictionary<string, long> { ["/votes"] = 0, ["/obj/hits"] = 0 };
        var verbs = new List<(Change Change, string Client, long Base, string Pointer, string Element, bool Add)>();

        var server = Run(policy, steps, (change, client, known) =>
        {
            foreach (var (pointer, delta) in change.Patch!.Inc)
            {
                sums[pointer] += Number(delta);
            }

            foreach (var (verb, add) in new[] { (change.Patch.Add, true), (change.Patch.Remove, false) })
            {
                verbs.AddRange(verb.SelectMany(pair => pair.Value.Select(element => (change, client, known, pair.Key, Encoding.UTF8.GetString(element.Span), add))));
            }
        });

        var value = new ValuePatch(server.States.Single().Value!, ValueLimits.Default);
        Assert.All(sums, sum => Assert.Equal(sum.Value, value.TryGet(sum.Key, out var json) ? Number(json) : 0));
        foreach (var pointer in new[] { "/tags", "/obj/marks" })
        {
            Assert.Equal(Enumerable.Range(0, 4).Select(i => $"\"{i}\"").Where(element => IsIn(pointer, element)), Elements(value, pointer).Order());
        }

        bool IsIn(string pointer, string element)
        {
            var own = verbs.FindAll(verb => verb.Pointer == pointer && verb.Element == element);
            var adds = own.Where(verb => verb.Add).Select(verb => (Rev: server.RevOf(verb.Client, verb.Change.Seq), verb.Client, verb.Change.Seq)).ToList();
            if (element is "\"0\"" or "\"1\"")
            {
                adds.Add((1, "start", 1));
            }

            return adds.Exists(add => !own.Exists(verb => !verb.Add && (add.Rev <= verb.Base || (add.Client == verb.Client && add.Seq < verb.Change.Seq))));
        }
    }, Step.Print);

    private static long Number(ReadOnlyMemory<byte> json) => long.Parse(Encoding.UTF8.GetString(json.Span), CultureInfo.InvariantCulture);

    private static IEnumerable<string> Elements(ValuePatch value, string pointer) =>
        value.TryGet(pointer, out var json) && CanonicalParts.TryGetElements(json, out _, out var elements) ? elements.Select(element => Encoding.UTF8.GetString(element.Span)) : [];

    // Patches only: a put or a delete assigns, which is another matter. Nothing touches the object that holds counter and set.
    private static LawServer Run(ConflictPolicy policy, Step[] steps, Action<Change, string, long> note)
    {
        var server = new LawServer(policy);
        server.Push("start", [Build.Put(Start, at: 10, client: "start")]);
        var clients = Enumerable.Range(0, 3).Select(i => new LawClient($"c{i}", server)).ToList();
        clients.ForEach(client => client.Pull());
        for (var i = 0; i < steps.Length; i++)
        {
            var (step, client) = (steps[i], clients[steps[i].Client]);
            if (step.Action < 12)
            {
                var edit = step.Action < 8 ? LawEdits.AddingUp(step) : LawEdits.Mixed(step, 1000 + i);
                if (client.Edit(edit, skew: 7 * (step.Client - 1) * step.Arg) is { } change)
                {
                    note(change, client.Id, change.Base ?? 0);
                }
            }
            else if (step.Action < 16)
            {
                client.Push(1 + step.Arg, lost: step.Action == 15);
            }
            else
            {
                client.Pull();
            }
        }

        clients.ForEach(client => client.Push(int.MaxValue));
        return server;
    }
}
