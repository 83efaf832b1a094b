using MyriadSync.Contracts.Values;

namespace MyriadSync.RxDb;

/// <summary>A state that a record was in.</summary>
/// <param name="Rev">Its revision.</param>
/// <param name="Value">Its value; null: deleted.</param>
/// <param name="Sub">The user who made it so; empty: no user did.</param>
internal sealed record KnownState(long Rev, RecordValue? Value, string Sub);
