namespace MyriadSync.Pipeline.Transform.Migrations;

/// <summary>A migration in code with the name that store files call it by.</summary>
/// <param name="Name">The name.</param>
/// <param name="Migration">The code.</param>
internal sealed record NamedMigration(string Name, IStoreMigration Migration);
