using MyriadSync.Benchmarks.Load;
using MyriadSync.Benchmarks.Peers;
using MyriadSync.Benchmarks.Pipeline;

return args switch
{
    ["load", .. var rest] => await LoadCommand.RunAsync(rest),
    ["pipeline"] => PipelineCommand.Run(),
    ["peers", .. var rest] => await PeersCommand.RunAsync(rest),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("""
        dotnet run -c Release --project tests/benchmarks -- load [--hbase URL] [--cities N]
            Pushes 171,075 cities as four concurrent clients, pulls them with a fifth, reads the HBase rows, and compares record by record.
        dotnet run -c Release --project tests/benchmarks -- pipeline
            What reading, transform and resolve take for 1,000 changes, with every policy.
        dotnet run -c Release --project tests/benchmarks -- peers [--rounds N]
            Push, pull and latency side by side with pouchdb-server on leveldb and in memory.
        """);
    return 2;
}
