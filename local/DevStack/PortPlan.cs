using MyriadSync.DevStack.Azurite;

namespace MyriadSync.DevStack;

/// <summary>The ports of a stack, each with the option that moves it. They are all checked before anything is started.</summary>
internal static class PortPlan
{
    /// <summary>Replaces every 0 by a free port.</summary>
    /// <exception cref="LocalStackException">A given port is in use, or given twice; the message names each with its option.</exception>
    public static LocalStackOptions Settle(LocalStackOptions options)
    {
        var uses = Uses(options);
        var faults = uses
            .Where(use => !Ports.IsFree(use.Port))
            .Select(use => $"Port {use.Port} ({use.What}) is in use. Stop what listens there, or move it with {use.Option} <port>.")
            .Concat(uses.GroupBy(use => use.Port).Where(group => group.Count() > 1)
                .Select(group => $"Port {group.Key} is wanted for {string.Join(" and for ", group.Select(use => $"{use.What} ({use.Option})"))}."))
            .ToList();
        if (faults.Count > 0)
            throw new LocalStackException(string.Join(Environment.NewLine, faults));

        var free = Ports.TakeFree(3);
        return options with
        {
            Port = options.Port == 0 ? free[0] : options.Port,
            HBasePort = options.HBasePort == 0 ? free[1] : options.HBasePort,
            SchedulerPort = options.SchedulerPort == 0 ? free[2] : options.SchedulerPort,
        };
    }

    private static List<(int Port, string What, string Option)> Uses(LocalStackOptions options)
    {
        var uses = new List<(int Port, string What, string Option)> { (options.Port, "function app", "--port") };
        if (options.HBase is null)
        {
            uses.Add((options.HBasePort, "HBase REST gateway of the emulator", "--hbase-port"));
            uses.Add((options.SchedulerPort, "Myriad scheduler of the emulator", "--scheduler-port"));
        }

        if (options.SharedAzurite is null && options.AzuritePort != 0)
        {
            string[] services = ["blobs", "queues", "tables"];
            uses.AddRange(services.Select((service, index) => (options.AzuritePort + index, $"Azurite's {service}", "--azurite-port")));
        }

        return [.. uses.Where(use => use.Port != 0)];
    }
}
