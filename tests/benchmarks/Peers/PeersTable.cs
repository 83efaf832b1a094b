namespace MyriadSync.Benchmarks.Peers;

/// <summary>The table: medians, and ratios beside their targets.</summary>
internal static class PeersTable
{
    public const string Leveldb = "pouchdb-server, leveldb";
    public const string Memory = "pouchdb-server, in memory";
    public const string New = "new";
    public const string Updates = "updates";
    public const string Pull = "pull, 1,000 a page, warm";
    public const string Latency = "pushed to seen";

    private const string Ours = "MyriadSync";

    /// <summary>A row's name.</summary>
    public static string Push(int size, string kind) => FormattableString.Invariant($"push, {size:N0} a batch, {kind}");

    /// <summary>Writes it to the console.</summary>
    public static void Print(Figures figures, int rounds, int connections, bool isRealHBase)
    {
        Console.WriteLine($"\nDocuments of 275 bytes a second, {connections} connections; medians of {rounds} rounds.\n");
        Console.WriteLine($"| what | {Ours} | {Leveldb} | {Memory} | ratio | target |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        Row(figures, Push(100, New), Leveldb, isRealHBase ? 1 : 1.5);
        Row(figures, Push(100, Updates), Leveldb, isRealHBase ? 1 : 1.5);
        Row(figures, Push(1000, New), Leveldb, isRealHBase ? 1 : 3);
        Row(figures, Push(1000, Updates), Leveldb, isRealHBase ? 1 : 2);
        Row(figures, Pull, Memory, 2);
        Console.WriteLine("\nMilliseconds until a long-polling client has seen one pushed change.\n");
        Console.WriteLine($"| what | {Ours} | {Leveldb} | {Memory} | target |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        Times(figures, "p50", 0.5, 50);
        Times(figures, "p99", 0.99, 200);
    }

    private static void Row(Figures figures, string row, string against, double target)
    {
        double Of(string peer) => figures.Median(row, peer);
        Console.WriteLine(FormattableString.Invariant(
            $"| {row} | {Of(Ours):N0} | {Of(Leveldb):N0} | {Of(Memory):N0} | {Of(Ours) / Of(against):F2} x {against.Split(", ")[1]} | >= {target:F1} |"));
    }

    private static void Times(Figures figures, string name, double share, double targetMs)
    {
        double Of(string peer) => figures.Percentile(Latency, peer, share);
        Console.WriteLine(FormattableString.Invariant($"| {Latency}, {name} | {Of(Ours):F1} | {Of(Leveldb):F1} | {Of(Memory):F1} | <= {targetMs:F0} |"));
    }
}
