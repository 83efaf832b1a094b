using MyriadSync.ChangeLog;
using MyriadSync.Myriad;

namespace MyriadSync.Orchestration.Audits;

/// <summary>What a step of an audit came to.</summary>
/// <param name="Mark">How far the audit is now.</param>
/// <param name="Rows">Rows that were read: what the pace is kept by.</param>
/// <param name="Fault">Why it could not be done; the next run tries again.</param>
internal readonly record struct AuditStep(AuditMark Mark, int Rows, StoreFault Fault = StoreFault.None);
