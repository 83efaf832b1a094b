using System.Globalization;
using System.Runtime.InteropServices;
using MyriadSync.MyriadEmulator;

if (!TryParse(args, out var options))
{
    await Console.Error.WriteLineAsync("Usage: MyriadEmulator [--hbase-port 8080] [--scheduler-port 8192] [--data <file>]");
    return 2;
}

await using var host = await MyriadEmulatorHost.StartAsync(options);
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
