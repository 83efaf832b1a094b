using MyriadSync.Contracts.Tables;

namespace MyriadSync.Orchestration.Rebuild;

/// <summary>Rows of a table that are looked at.</summary>
/// <param name="Table">The table.</param>
/// <param name="Start">First row; empty: the table's first.</param>
/// <param name="End">First row behind; empty: the table's end.</param>
/// <param name="Beside">The table that others made, if this is the one beside it that has what sync noted: a record that is dead has a row here alone.</param>
internal readonly record struct SurveyedTable(string Table, string Start = "", string End = "", ExistingTable? Beside = null);
