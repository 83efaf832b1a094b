using CsCheck;

namespace MyriadSync.UnitTests.Pipeline.Resolve.Laws;

/// <summary>One thing that happens: a client edits, pushes, or pulls. What exactly is derived from small numbers, so that a failing case shrinks.</summary>
/// <param name="Client">Which client.</param>
/// <param name="Action">What it does.</param>
/// <param name="Field">On which record and field.</param>
/// <param name="Arg">With what.</param>
internal readonly record struct Step(int Client, int Action, int Field, int Arg)
{
    public static Gen<Step[]> Many(int clients, int most) =>
        Gen.Select(Gen.Int[0, clients - 1], Gen.Int[0, 19], Gen.Int[0, 11], Gen.Int[0, 9], (client, action, field, arg) => new Step(client, action, field, arg)).Array[1, most];

    public static string Print(IEnumerable<Step> steps) => string.Join("\n", steps.Select(step => $"new({step.Client}, {step.Action}, {step.Field}, {step.Arg}),"));
}
