using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>Decides what a sound change makes of a record. Pure: the same arguments give the same answer, and nothing else is touched.</summary>
internal interface IConflictPolicy
{
    /// <summary>Resolves one change against the record as it stands.</summary>
    Resolution Resolve(RecordState current, Change change, ChangeContext context);
}
