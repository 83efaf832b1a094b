namespace MyriadSync.ConformanceTests.Gateways;

/// <summary>A gateway, or what would have to be there for it.</summary>
/// <param name="Address">Null if there is none.</param>
/// <param name="Missing">Why there is none.</param>
public sealed record GatewayAddress(Uri? Address, string Missing = "");
