using System.Globalization;
using CsCheck;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform.Migrations;

namespace MyriadSync.UnitTests.Pipeline.Transform.Migrations;

/// <summary>Laws of migrations over generated steps and records. CsCheck prints the seed of what fails.</summary>
public class MigrationLawTests
{
    private static readonly long Cases = long.Parse(Environment.GetEnvironmentVariable("MYRIADSYNC_LAW_CASES") ?? "10000", CultureInfo.InvariantCulture);

    private static readonly Gen<(List<MigrationStep> Steps, RecordValue Value)> Both = Gen.Select(MigrationGen.Steps, MigrationGen.Record);

    [Fact]
    public void LowerOfLift_ReversibleSteps_IsTheRecordItself() => Both.Sample(
        (steps, value) =>
        {
            var migrator = MigrationGen.Migrator(Migration(2, steps));

            var back = migrator.Convert("s", migrator.Convert("s", value, 1, 2), 2, 1);

            return back.Equals(value);
        },
        iter: Cases);

    [Fact]
    public void Lift_StepsInOneVersionOrEachInItsOwn_IsTheSame() => Both.Sample(
        (steps, value) =>
        {
            var (one, many) = (MigrationGen.Migrator(Migration(2, steps)), MigrationGen.Migrator([.. steps.Select((step, i) => Migration(i + 2, [step]))]));

            return one.Convert("s", value, 1, 2).Equals(many.Convert("s", value, 1, steps.Count + 1));
        },
        iter: Cases);

    [Fact]
    public void PatchThenLift_LiftThenLiftedPatch_AreTheSame() => Gen.Select(MigrationGen.Steps, MigrationGen.Record, MigrationGen.Record).Sample(
        (steps, before, after) =>
        {
            var migrator = MigrationGen.Migrator(Migration(2, steps));
            var patch = Patch(before, after);

            var lifted = migrator.Lift(Change(ChangeOp.Patch) with { Patch = patch }, 1);
            var stored = migrator.Convert("s", before, 1, 2);
            var patched = Apply(stored, KeptFields.Graft(lifted, stored).Patch!);

            // Lowered, it is what the client holds; and what its version does not know is as it was.
            return migrator.Convert("s", patched, 2, 1).Equals(Apply(before, patch));
        },
        iter: Cases);

    [Fact]
    public void Put_FromAnOlderVersion_IsWhatTheClientHoldsAndLeavesTheRest() => Gen.Select(MigrationGen.Steps, MigrationGen.Record, MigrationGen.Record).Sample(
        (steps, before, after) =>
        {
            var migrator = MigrationGen.Migrator(Migration(2, steps));
            var stored = Added(steps).Aggregate(migrator.Convert("s", before, 1, 2), (value, name) => value.With(name, MigrationGen.Json("\"mine\"")));

            var put = KeptFields.Graft(migrator.Lift(Change(ChangeOp.Put) with { Value = after }, 1), stored).Value!;

            return migrator.Convert("s", put, 2, 1).Equals(after)
                && Added(steps).All(name => put.TryGetField(name, out var json) && json.Span.SequenceEqual("\"mine\""u8));
        },
        iter: Cases);

    private static IEnumerable<string> Added(List<MigrationStep> steps) => steps.OfType<AddStep>().Select(step => step.Pointer[1..]).Where(name => !name.Contains('/', StringComparison.Ordinal));

    private static StoreMigration Migration(int to, IReadOnlyList<MigrationStep> steps) => new() { To = to, Steps = steps };

    private static Change Change(ChangeOp op) => new() { Seq = 1, Digest = default, Store = "s", Op = op };

    private static PatchBody Patch(RecordValue before, RecordValue after) => new()
    {
        Set = [.. after.Fields.Select(field => KeyValuePair.Create("/" + field.Name, field.Json))],
        Unset = [.. before.Fields.Where(field => !after.TryGetField(field.Name, out _)).Select(field => "/" + field.Name)],
    };

    private static RecordValue Apply(RecordValue value, PatchBody patch) =>
        ValuePatch.TryApply(value, patch, ValueLimits.Default, out var result, out var refusal) ? result : throw new InvalidOperationException(refusal.Detail);
}
