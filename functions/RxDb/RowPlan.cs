using MyriadSync.Contracts;

namespace MyriadSync.RxDb;

/// <summary>What is to be done about a row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Verdict">What.</param>
/// <param name="Base">The rev that the edit was made on; null: none, the client believes the record is new.</param>
/// <param name="Change">The change to push; its seq and time are not set yet. Only with <see cref="RowVerdict.Push"/>.</param>
/// <param name="Oldest">The edit counts as older than what it meets.</param>
internal sealed record RowPlan(RxRow Row, RowVerdict Verdict, long? Base = null, Change? Change = null, bool Oldest = false);
