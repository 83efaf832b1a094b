using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>
/// Brings changes into a shape that the cluster can take, or refuses them by name: whatever HBase could refuse later is checked before the commit.
/// A store without a file is taken as it comes, a JSON cell a field. Pure.
/// </summary>
internal sealed class ChangeTransformer(IOptions<StoreOptions> stores)
{
    /// <summary>Reason of a change to a store that no file declares, where that is not allowed.</summary>
    public const string UnknownStore = "unknown-store";

    /// <summary>Reason of a change with a field whose encoded name is longer than a column may be called.</summary>
    public const string FieldNameTooLong = "field-name-too-long";

    /// <summary>The batch with the changes refused that can never be stored.</summary>
    public Batch Transform(Batch batch)
    {
        List<Change>? changes = null;
        for (var i = 0; i < batch.Changes.Count; i++)
        {
            if (batch.Changes[i].Refusal is null && Check(batch.Changes[i]) is { } refusal)
            {
                changes ??= [.. batch.Changes];
                changes[i] = changes[i] with { Refusal = refusal.Under(FormattableString.Invariant($"/changes/{i}")) };
            }
        }

        return changes is null ? batch : batch with { Changes = changes };
    }

    private Refusal? Check(Change change) => change.Op switch
    {
        _ when !stores.Value.AllowUndeclared => new(UnknownStore, "/store", "No store of this name is declared, and undeclared ones are not allowed here."),
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
