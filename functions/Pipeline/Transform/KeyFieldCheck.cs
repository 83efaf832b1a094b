using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>
/// Holds fields that lie in the row key to the key: a record that said otherwise would come back from the cluster as another. Pure.
/// </summary>
internal static class KeyFieldCheck
{
    /// <summary>What contradicts the key; null: nothing.</summary>
    public static Refusal? Run(StoreMapping mapping, Change change)
    {
        foreach (var field in KeyFields.Of(mapping, change.Key))
        {
            var refusal = change.Op switch
            {
                ChangeOp.Put => Put(change.Value!, field),
                ChangeOp.Patch => Patch(change.Patch!, field),
                _ => null,
            };
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;
    }

    private static Refusal? Put(RecordValue value, RecordField field) =>
        value.TryGetField(field.Name, out var json) && json.Span.SequenceEqual(field.Json.Span) ? null : Mismatch(JsonPointers.Append("/value", field.Name), field);

    private static Refusal? Patch(PatchBody patch, RecordField field)
    {
        var pointer = JsonPointers.Append("", field.Name);
        foreach (var (at, json) in patch.Set.Where(set => IsIn(set.Key, pointer)))
        {
            if (at != pointer || !json.Span.SequenceEqual(field.Json.Span))
            {
                return Mismatch(JsonPointers.Append("/set", at), field);
            }
        }

        return patch.Unset.Concat(patch.Inc.Select(inc => inc.Key)).Concat(patch.Add.Select(add => add.Key)).Concat(patch.Remove.Select(remove => remove.Key))
            .Any(at => IsIn(at, pointer))
            ? Mismatch("", field)
            : null;
    }

    private static bool IsIn(string at, string pointer) => at == pointer || at.StartsWith(pointer + "/", StringComparison.Ordinal);

    private static Refusal Mismatch(string pointer, RecordField field) =>
        new(RefusalReasons.KeyMismatch, pointer, $"The field {field.Name} is part of the key, and cannot be anything else.");
}
