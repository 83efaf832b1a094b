using MyriadSync.Benchmarks;
using MyriadSync.Benchmarks.Browser;
using MyriadSync.Benchmarks.Cluster;
using MyriadSync.Benchmarks.Load;
using MyriadSync.Benchmarks.Peers;
using MyriadSync.Benchmarks.Pipeline;
using MyriadSync.Benchmarks.Scan;

return args switch
{
    ["browser", .. var rest] => await BrowserCommand.RunAsync(rest),
    ["load", .. var rest] => await LoadCommand.RunAsync(rest),
    ["cluster", .. var rest] => await ClusterCommand.RunAsync(Arguments.Gateway(rest), gzip: rest.Contains("--gzip")),
    ["scan", .. var rest] => await ScanCommand.RunAsync(Arguments.Gateway(rest)),
    ["pipeline"] => PipelineCommand.Run(),
    ["peers", .. var rest] => await PeersCommand.RunAsync(rest),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("""
        dotnet run -c Release --project tests/benchmarks -- load [--hbase URL] [--cities N]
            Pushes 171,075 cities as four concurrent clients, pulls them with a fifth, reads the HBase rows, and compares record by record.
        dotnet run -c Release --project tests/benchmarks -- browser [--cities N]
            The client in Chromium: first load of 171,075 cities, and push of 10,000 edits made offline; three runs each, beside their targets.
        dotnet run -c Release --project tests/benchmarks -- pipeline
            What reading, transform and resolve take for 1,000 changes, with every policy.
        dotnet run -c Release --project tests/benchmarks -- peers [--rounds N] [--hbase URL]
            Push, pull and latency side by side with pouchdb-server on leveldb and in memory.
        dotnet run -c Release --project tests/benchmarks -- cluster [--hbase URL] [--gzip]
            What fetching and applying a full batch takes at the gateway.
        dotnet run -c Release --project tests/benchmarks -- scan [--hbase URL]
            What a scan takes that finds 100 rows of jobs among 10,000 of sync's own, in a table of 171,075.

        --hbase names a real gateway, which the emulator stands in for otherwise.
        """);
    return 2;
}
