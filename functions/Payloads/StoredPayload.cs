namespace MyriadSync.Payloads;

/// <summary>A claim check as it was found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ETag">Changes whenever it is stored again.</param>
internal sealed record StoredPayload(string Name, string ETag);
