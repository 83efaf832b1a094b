namespace MyriadSync.Myriad.HBase;

/// <summary>What became of a look at a table.</summary>
/// <param name="Answer">Whether the table is there with its families.</param>
/// <param name="Created">Something was missing and has been created: what failed for want of it is worth another try.</param>
internal sealed record TableCheck(StoreAnswer Answer, bool Created);
