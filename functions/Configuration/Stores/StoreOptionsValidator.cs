using Microsoft.Extensions.Options;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Pipeline.Transform.Migrations;

namespace MyriadSync.Configuration.Stores;

/// <summary>Refuses to start an app with a faulty store file, and tells every fault of every file.</summary>
internal sealed class StoreOptionsValidator(IEnumerable<NamedMigration> code, IOptions<TableMapOptions> tables) : IValidateOptions<StoreOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, StoreOptions options)
    {
        var files = StoreFiles.Load(options, tables.Value);
        string[] faults = [.. Versions(options), .. files.Faults.Concat(files.Stores.SelectMany(store => Migrations(store, options))).Select(fault => $"Stores: {fault}")];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Versions(StoreOptions options) => options.OldestSchemaVersion <= options.SchemaVersion ? []
        : [$"Stores: OldestSchemaVersion {options.OldestSchemaVersion} is above SchemaVersion {options.SchemaVersion}."];

    private IEnumerable<StoreFault> Migrations(StoreDefinition store, StoreOptions options)
    {
        for (var i = 0; i < store.Migrations.Count; i++)
        {
            if (store.Migrations[i].To > options.SchemaVersion)
            {
                yield return new StoreFault(store.Name + ".json", FormattableString.Invariant($"/migrations/{i}/to"), $"The app's schema version is {options.SchemaVersion}: raise Stores:SchemaVersion to {store.Migrations[i].To}.");
            }

            foreach (var step in store.Migrations[i].Steps.OfType<CodeStep>().Where(step => code.All(named => named.Name != step.Name)))
            {
                yield return new StoreFault(store.Name + ".json", FormattableString.Invariant($"/migrations/{i}"), $"No migration is registered by the name {step.Name}. Registered: {string.Join(", ", code.Select(named => named.Name))}.");
            }
        }
    }
}
