using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Migrations;

/// <summary>
/// A migration in code, for what a store's file cannot say; registered by name. Pure and total: it runs on records that are stored already, whatever is in
/// them. If it throws, the record stays as it is.
/// </summary>
public interface IStoreMigration
{
    /// <summary>JSON Pointers to what older versions do not know: their edits leave it as it is.</summary>
    IReadOnlyList<string> Added { get; }

    /// <summary>The record in the newer version.</summary>
    RecordValue Lift(RecordValue value);

    /// <summary>The record in the older version. Not called where the file says that the migration is irreversible.</summary>
    RecordValue Lower(RecordValue value);

    /// <summary>A patch from an older version; null: it cannot be said in the newer one, and the change is rejected.</summary>
    PatchBody? Lift(PatchBody patch);
}
