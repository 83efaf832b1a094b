using System.Diagnostics;
using System.Globalization;
using MyriadSync.DevStack;

namespace MyriadSync.Benchmarks.Peers;

/// <summary>
/// The same documents through each peer, round by round in turns, so that a busy moment of the machine hits all of them. Only the ratios mean anything
/// elsewhere.
/// </summary>
internal static class PeersCommand
{
    private const int Connections = 4;
    private const int Latencies = 40;
    private const int DefaultRounds = 5;

    /// <summary>Size of a batch to batches a connection.</summary>
    private static readonly (int Size, int Batches)[] Pushes = [(100, 10), (1000, 3)];

    /// <summary>0: measured. Whether the targets are met is for the reader: the machine may be busy.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var rounds = Arguments.Number(args, "--rounds") ?? DefaultRounds;
        var hbase = Arguments.Gateway(args);
        // Of this run alone: a real cluster may have the rows of earlier ones.
        var run = Guid.NewGuid().ToString("N");
        await using var myriad = new MyriadPeer(await LocalStack.StartAsync(new LocalStackOptions { OwnProcess = true, HBase = hbase }));
        await using var leveldb = new PouchPeer(PeersTable.Leveldb, await PouchServer.StartAsync(inMemory: false));
        await using var memory = new PouchPeer(PeersTable.Memory, await PouchServer.StartAsync(inMemory: true));
        IPeer[] peers = [myriad, leveldb, memory];
        var figures = new Figures();
        await Task.WhenAll(peers.Select(peer => RoundAsync(peer, $"warm-up-{run}", new Figures())));
        for (var round = 0; round < rounds; round++)
        {
            // Each comes first in its turn.
            foreach (var peer in peers.Skip(round % peers.Length).Concat(peers.Take(round % peers.Length)))
            {
                await RoundAsync(peer, string.Create(CultureInfo.InvariantCulture, $"round-{round}-{run}"), figures);
            }

            Console.WriteLine($"round {round + 1} of {rounds} done");
        }

        PeersTable.Print(figures, rounds, Connections, isRealHBase: hbase is not null);
        return 0;
    }

    private static async Task RoundAsync(IPeer peer, string database, Figures figures)
    {
        foreach (var (size, batches) in Pushes)
        {
            await peer.BeginAsync(string.Create(CultureInfo.InvariantCulture, $"{database}-{size}"), Connections, CancellationToken.None);
            foreach (var (kind, version) in new[] { (PeersTable.New, 0), (PeersTable.Updates, 1) })
            {
                var rate = await PushAsync(peer, size, batches, version);
                figures.Add(PeersTable.Push(size, kind), peer.Name, rate);
            }
        }

        // The documents of the last push are there; the first pull warms whatever caches.
        await peer.PullAsync(CancellationToken.None);
        var begin = Stopwatch.GetTimestamp();
        var seen = await peer.PullAsync(CancellationToken.None);
        figures.Add(PeersTable.Pull, peer.Name, seen / Stopwatch.GetElapsedTime(begin).TotalSeconds);
        await LatencyAsync(peer, figures);
    }

    /// <summary>Documents a second over all connections.</summary>
    private static async Task<double> PushAsync(IPeer peer, int size, int batches, int version)
    {
        var work = Enumerable.Range(0, Connections)
            .Select(connection => Enumerable.Range(0, batches).Select(batch => Documents.Of(connection, batch * size, size, version)).ToList())
            .ToList();
        var begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(work.Select(async (own, connection) =>
        {
            foreach (var documents in own)
            {
                await peer.PushAsync(connection, documents, CancellationToken.None);
            }
        }));
        return Connections * batches * size / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <summary>From before one document is pushed until a long poll of another connection has it.</summary>
    private static async Task LatencyAsync(IPeer peer, Figures figures)
    {
        for (var n = 0; n < Latencies; n++)
        {
            var waiting = peer.WaitAsync(await peer.EndAsync(CancellationToken.None), CancellationToken.None);
            await Task.Delay(20);
            var begin = Stopwatch.GetTimestamp();
            var pushing = peer.PushAsync(0, Documents.Of(0, 900_000 + n, 1, 0), CancellationToken.None);
            await waiting;
            figures.Add(PeersTable.Latency, peer.Name, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            await pushing;
        }
    }
}
