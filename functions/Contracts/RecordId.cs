using MyriadSync.Contracts.Keys;

namespace MyriadSync.Contracts;

/// <summary>Names a record within its dataset.</summary>
/// <param name="Store">Object store.</param>
/// <param name="Key">Primary key.</param>
public readonly record struct RecordId(string Store, RecordKey Key);
