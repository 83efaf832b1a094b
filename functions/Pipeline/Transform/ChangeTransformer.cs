using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform.Migrations;

namespace MyriadSync.Pipeline.Transform;

/// <summary>
/// Brings changes into a shape that the cluster can take, or refuses them by name: whatever HBase could refuse later is checked before the commit.
/// A store without a file is taken as it comes, a JSON cell a field. Pure.
/// </summary>
internal sealed class ChangeTransformer(IStoreCatalog stores, StoreMigrator migrator)
{
    /// <summary>Reason of a change to a store that no file declares, where that is not allowed.</summary>
    public const string UnknownStore = "unknown-store";

    /// <summary>Reason of a change with a field whose encoded name is longer than a column may be called.</summary>
    public const string FieldNameTooLong = "field-name-too-long";

    /// <summary>The batch with the changes refused that can never be stored.</summary>
    /// <param name="dataset">The dataset that it is for.</param>
    /// <param name="batch">The batch as sent.</param>
    /// <param name="roles">The sender's roles, as far as stores' files name them; null: whoever sends it may write every store.</param>
    public Batch Transform(string dataset, Batch batch, IReadOnlyCollection<string>? roles)
    {
        List<Change>? changes = null;
        for (var i = 0; i < batch.Changes.Count; i++)
        {
            var change = batch.Changes[i];
            if (change.Refusal is null && Transform(dataset, change, batch.SchemaVersion, roles) is var made && !ReferenceEquals(made, change))
            {
                changes ??= [.. batch.Changes];
                changes[i] = made with { Refusal = made.Refusal?.Under(FormattableString.Invariant($"/changes/{i}")) };
            }
        }

        return changes is null && batch.SchemaVersion == migrator.Current ? batch : batch with { SchemaVersion = migrator.Current, Changes = changes ?? batch.Changes };
    }

    private Change Transform(string dataset, Change change, int schemaVersion, IReadOnlyCollection<string>? roles)
    {
        if (Check(dataset, change, roles) is { } refusal)
        {
            return change with { Refusal = refusal };
        }

        var lifted = migrator.Lift(change, schemaVersion);
        return lifted.Refusal is null && stores.Find(change.Store) is { } store && KeyPathRule.Check(store, lifted) is { } mismatch ? lifted with { Refusal = mismatch } : lifted;
    }

    private Refusal? Check(string dataset, Change change, IReadOnlyCollection<string>? roles) => stores.Find(change.Store) switch
    {
        null => new(UnknownStore, "/store", "No store of this name is declared, and undeclared ones are not allowed here."),
        { Table: { } table } when !table.Serves(dataset) => new(UnknownStore, "/store", "The store's table belongs to another dataset."),
        { } store when roles is not null && !store.Access.MayWrite(roles) => new(RefusalReasons.Access, "/store", "None of the roles that may write this store is given."),
        { Table: { } table } when !table.Keys.TryEncode(dataset, change.Key, out _, out var refusal) => refusal.Under("/key"),
        _ => CheckNames(change),
    };

    private static Refusal? CheckNames(Change change) => change.Op switch
    {
        ChangeOp.Put => change.Value!.Fields.Where(field => !Qualifiers.TryEncode(field.Name, out _)).Select(field => TooLong("/value")).FirstOrDefault(),
        ChangeOp.Patch => change.Patch!.Set.Select(set => set.Key).Concat(change.Patch.Inc.Select(inc => inc.Key)).Concat(change.Patch.Add.Select(add => add.Key))
            .Where(pointer => JsonPointers.TryParse(pointer, out var segments) && !Qualifiers.TryEncode(segments[0], out _))
            .Select(_ => TooLong(""))
            .FirstOrDefault(),
        _ => null,
    };

    private static Refusal TooLong(string pointer) =>
        new(FieldNameTooLong, pointer, $"A field's name, encoded as a column, may have {Qualifiers.MaxLength} characters.");
}
