using CsCheck;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.UnitTests.Pipeline.Resolve.Laws;

/// <summary>
/// Whatever clients do, in whatever order, cut off and repeated as one likes: once all is pushed and pulled, they all hold what the log says. A client that was
/// told <c>applied</c> gets nothing back and keeps what it holds, so this is the law of truthful outcomes too.
/// </summary>
public sealed class ConvergenceLaws
{
    private static readonly string[] Keys = ["k", "l"];

    public static TheoryData<ConflictPolicy> Policies => new(LawStores.All);

    [Theory]
    [MemberData(nameof(Policies))]
    public void Replicas_AnyInterleaving_EndUpWithTheLog(ConflictPolicy policy) => Law.Holds(Step.Many(clients: 3, most: 24), steps =>
    {
        var (server, clients) = Run(policy, steps);

        foreach (var client in clients)
        {
            client.Push(int.MaxValue);
        }

        clients.ForEach(client => client.Pull());
        var records = server.Log.GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Last());
        Assert.All(server.Outcomes, SaysWhatHappened);
        foreach (var client in clients)
        {
            Assert.Equal(records.Count, client.Seen.Count(pair => pair.Value.Rev > 0));
            Assert.All(records, pair => Assert.Equal((Text(pair.Value.Value), pair.Value.Rev), (Text(client.Local(pair.Key)), client.Base(pair.Key))));
        }
    }, Step.Print);

    private static (LawServer Server, List<LawClient> Clients) Run(ConflictPolicy policy, Step[] steps)
    {
        var server = new LawServer(policy);
        var clients = Enumerable.Range(0, 3).Select(i => new LawClient($"c{i}", server)).ToList();
        for (var i = 0; i < steps.Length; i++)
        {
            var (step, client) = (steps[i], clients[steps[i].Client]);
            switch (step.Action)
            {
                case < 12:
                    client.Edit(LawEdits.Any(step, 1000 + i) with { Key = Build.Key(Keys[step.Field / 6]) }, skew: 7 * (step.Client - 1) * step.Arg);
                    break;
                case < 15:
                    client.Push(1 + step.Arg);
                    break;
                case 15:
                    client.Push(1 + step.Arg, lost: true);
                    break;
                default:
                    client.Pull(1 + step.Arg);
                    break;
            }
        }

        return (server, clients);
    }

    private static void SaysWhatHappened(ResolvedChange resolved)
    {
        Assert.NotEqual(Outcome.Poisoned, resolved.Outcome);
        Assert.True(resolved.Outcome is not (Outcome.Superseded or Outcome.Conflict or Outcome.Rejected) || resolved.Reason is not null);
        Assert.True(resolved.Outcome != Outcome.Applied || resolved.Reason is null);
        Assert.True(!resolved.Park || (resolved.Outcome == Outcome.Conflict && resolved.Theirs is not null));
    }

    private static string? Text(RecordValue? value) => value is null ? null : System.Text.Encoding.UTF8.GetString(value.Json.Span);
}
