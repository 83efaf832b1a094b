using MyriadSync.Contracts.Stores;

namespace MyriadSync.Configuration.Stores;

/// <summary>Reads <c>migrations</c>: one for each schema version in which the store changed.</summary>
internal static class MigrationsReader
{
    public static List<StoreMigration> Read(JsonPart part)
    {
        var migrations = new List<StoreMigration>();
        foreach (var element in part.Elements())
        {
            var members = element.Members("to", "irreversible", "steps");
            var to = members.TryGetValue("to", out var version) && version.Json.ValueKind == System.Text.Json.JsonValueKind.Number && version.Json.TryGetInt32(out var number) ? number : 0;
            if (to < 2 || to <= (migrations.Count > 0 ? migrations[^1].To : 1))
            {
                (version.Faults is null ? element : version).Fault("The member to is the schema version that the migration leads to: from 2, and higher than that of the migration before.");
            }

            var irreversible = members.TryGetValue("irreversible", out var flag) && flag.Flag() == true;
            var steps = new List<MigrationStep>();
            foreach (var step in members.TryGetValue("steps", out var list) ? list.Elements() : [])
            {
                if (MigrationStepReader.Read(step) is not { } read)
                {
                    continue;
                }

                if (read is DropStep { Lower: null } && !irreversible)
                {
                    step.Fault("What is dropped cannot be shown to older versions. Say what they are shown instead, as lower, or that the migration is irreversible.");
                }

                steps.Add(read);
            }

            if (steps.Count == 0)
            {
                element.Fault("The member steps is missing or empty: what the migration does.");
            }

            migrations.Add(new StoreMigration { To = to, Irreversible = irreversible, Steps = steps });
        }

        return migrations;
    }
}
