namespace MyriadSync.IntegrationTests.Support;

/// <summary>A batch as it goes over the wire.</summary>
/// <param name="ClientId">Its client.</param>
/// <param name="BatchId">Its id.</param>
/// <param name="Body">JSON. Sent again, it is the same bytes.</param>
internal sealed record WireBatch(string ClientId, string BatchId, string Body);
