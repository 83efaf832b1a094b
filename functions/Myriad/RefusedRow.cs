namespace MyriadSync.Myriad;

/// <summary>A row that the store refuses for good while it takes others: trying again cannot help.</summary>
/// <param name="Key">The row key.</param>
/// <param name="Reason">What the store said, one line.</param>
public sealed record RefusedRow(string Key, string Reason);
