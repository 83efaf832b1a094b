using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using MyriadSync.MyriadEmulator;

if (!TryParse(args, out var options))
{
    await Console.Error.WriteLineAsync("Usage: MyriadEmulator [--hbase-port 8080] [--scheduler-port 8192] [--data <file>]");
    return 2;
}

MyriadEmulatorHost started;
try
{
    started = await MyriadEmulatorHost.StartAsync(options);
}
catch (IOException exception)
{
    await Console.Error.WriteLineAsync($"{exception.Message} Choose another with --hbase-port or --scheduler-port.");
    return 1;
}
catch (SqliteException exception)
{
    await Console.Error.WriteLineAsync($"{options.DataFile} cannot be used, perhaps because another emulator does: {exception.Message} Choose another with --data.");
    return 1;
}

await using var host = started;
Console.WriteLine($"MyriadEmulator is ready: HBase REST {host.HBaseAddress.GetLeftPart(UriPartial.Authority)}, scheduler {host.SchedulerAddress.GetLeftPart(UriPartial.Authority)}");
var stopped = new TaskCompletionSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopped.TrySetResult();
}
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
await stopped.Task;
return 0;

static bool TryParse(string[] args, out MyriadEmulatorOptions options)
{
    options = new MyriadEmulatorOptions();
    for (var i = 0; i < args.Length; i += 2)
    {
        var value = i + 1 < args.Length ? args[i + 1] : "";
        var isPort = ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port);
        switch (args[i])
        {
            case "--hbase-port" when isPort:
                options = options with { HBasePort = port };
                break;
            case "--scheduler-port" when isPort:
                options = options with { SchedulerPort = port };
                break;
            case "--data" when value.Length > 0:
                options = options with { DataFile = value };
                break;
            default:
                return false;
        }
    }
    return true;
}
