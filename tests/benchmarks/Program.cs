using MyriadSync.Benchmarks.Load;

return args switch
{
    ["load", .. var rest] => await LoadCommand.RunAsync(rest),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("""
        dotnet run --project tests/benchmarks -- load [--hbase URL] [--cities N]
            Pushes 171,075 cities as four concurrent clients, pulls them with a fifth, reads the HBase rows, and compares record by record.
        """);
    return 2;
}
