using MyriadSync.DevStack.Azurite;

namespace MyriadSync.DevStack.Commands;

/// <summary>What the command line asks for.</summary>
internal sealed record Command
{
    public static string Help { get; } = """
        Starts MyriadSync on this machine: Azurite (the storage account), the Myriad emulator (HBase REST gateway and
        scheduler) and the function app with its demo. Everything listens on 127.0.0.1. Ctrl+C stops all of it.

        dotnet run --project local/DevStack -- [options]

          --port <port>            the function app                        7071
          --hbase-port <port>      the emulator's HBase REST gateway       8080
          --scheduler-port <port>  the emulator's Myriad scheduler         8192
          --azurite-port <port>    Azurite: three ports, beginning here    10000
          --data <folder>          where everything is kept between runs   .myriadsync
          --fresh                  begin with empty data
          --no-demo                leave the demo out: nothing is built for it
          --hbase <url>            use a real HBase REST gateway, and no emulator
          --help                   this text
        A port of 0 takes any free one.

        """;

    /// <summary>True: show <see cref="Help"/> and do nothing else.</summary>
    public bool ShowHelp { get; init; }

    /// <summary>The stack to start.</summary>
    public LocalStackOptions Stack { get; init; } = new() { Port = 7071, HBasePort = 8080, SchedulerPort = 8192, AzuritePort = 10000, Data = ".myriadsync", Demo = true };

    /// <summary>Reads the command line.</summary>
    /// <exception cref="LocalStackException">An option is unknown, or its value is missing or makes no sense.</exception>
    public static Command Parse(IReadOnlyList<string> arguments)
    {
        var command = new Command();
        using var rest = arguments.GetEnumerator();
        while (rest.MoveNext())
        {
            var option = rest.Current;
            command = option switch
            {
                "--help" or "-h" or "-?" => command with { ShowHelp = true },
                "--fresh" => command with { Stack = command.Stack with { Fresh = true } },
                "--no-demo" => command with { Stack = command.Stack with { Demo = false } },
                "--port" => command with { Stack = command.Stack with { Port = PortOf(option, rest) } },
                "--hbase-port" => command with { Stack = command.Stack with { HBasePort = PortOf(option, rest) } },
                "--scheduler-port" => command with { Stack = command.Stack with { SchedulerPort = PortOf(option, rest) } },
                "--azurite-port" => command with { Stack = command.Stack with { AzuritePort = PortOf(option, rest) } },
                "--data" => command with { Stack = command.Stack with { Data = ValueOf(option, rest) } },
                "--hbase" => command with { Stack = command.Stack with { HBase = UrlOf(option, rest) } },
                _ => throw new LocalStackException($"Unknown option {option}. --help lists what there is."),
            };
        }

        return command;
    }

    private static string ValueOf(string option, IEnumerator<string> rest) =>
        rest.MoveNext() && rest.Current.Length > 0 ? rest.Current : throw new LocalStackException($"{option} needs a value.");

    private static int PortOf(string option, IEnumerator<string> rest) =>
        ushort.TryParse(ValueOf(option, rest), out var port)
            ? port
            : throw new LocalStackException($"{option} needs a port, 0 to {ushort.MaxValue}, and not \"{rest.Current}\".");

    private static Uri UrlOf(string option, IEnumerator<string> rest) =>
        Uri.TryCreate(ValueOf(option, rest), UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            ? url
            : throw new LocalStackException($"{option} needs the base address of an HBase REST gateway, such as http://gateway:8080, and not \"{rest.Current}\".");
}
