using System.Globalization;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>The numbers of a stateless scan's query.</summary>
internal sealed record ScanNumbers(long From, long To, int Limit, int MaxVersions, int BatchSize)
{
    /// <summary>Null if one of them is not a number: the gateway then finds no such path.</summary>
    public static ScanNumbers? Read(GatewayRequest request) =>
        Number(request, "starttime", 0) is { } from
        && Number(request, "endtime", long.MaxValue) is { } to
        && Number(request, "limit", int.MaxValue) is { } limit
        && Number(request, "maxversions", 1) is { } versions
        && Number(request, "batchsize", 0) is { } batch
            ? new ScanNumbers(from, to, (int)Math.Min(limit, int.MaxValue), (int)Math.Min(versions, int.MaxValue), (int)Math.Min(batch, int.MaxValue))
            : null;

    private static long? Number(GatewayRequest request, string name, long otherwise) => request.Query(name) is not { } text
        ? otherwise
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
