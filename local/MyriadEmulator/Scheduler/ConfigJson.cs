using System.Globalization;
using System.Text.Json.Nodes;

namespace MyriadSync.MyriadEmulator.Scheduler;

/// <summary>What <c>/api/config</c> tells: options of the configuration file show only whether they were given, their value is lost.</summary>
internal static class ConfigJson
{
    public static string Render(SchedulerOptions options, int port)
    {
        var services = new JsonObject();
        foreach (var (name, limit) in options.Services)
            services[name] = Service(name, limit is not null);
        var profiles = new JsonObject();
        foreach (var (name, profile) in options.Profiles)
            profiles[name] = new JsonObject { ["cpu"] = profile.Cpus.ToString(CultureInfo.InvariantCulture), ["mem"] = profile.MemoryMb.ToString(CultureInfo.InvariantCulture) };
        var nodeManagers = new JsonObject();
        foreach (var (profile, count) in options.NodeManagers)
            nodeManagers[profile] = count;
        return new JsonObject
        {
            ["mesosMaster"] = "127.0.0.1:5050",
            ["checkpoint"] = false,
            ["containerInfo"] = Given(false),
            ["frameworkFailoverTimeout"] = Number("4.32E7"),
            ["frameworkName"] = "MyriadAlpha",
            ["frameworkRole"] = "*",
            ["frameworkUser"] = Given(true),
            ["frameworkSuperUser"] = Given(true),
            ["profiles"] = profiles,
            ["nmInstances"] = nodeManagers,
            ["nativeLibrary"] = "/usr/local/lib/libmesos.so",
            ["zkServers"] = "localhost:2181",
            ["zkTimeout"] = 20000,
            ["restApiPort"] = port,
            ["yarnEnvironment"] = new JsonObject { ["YARN_HOME"] = "/usr/local/hadoop" },
            ["mesosAuthenticationPrincipal"] = null,
            ["mesosAuthenticationSecretFilename"] = null,
            ["servedConfigPath"] = Given(false),
            ["servedBinaryPath"] = Given(false),
            ["cgroupPath"] = "/sys/fs/cgroup",
            ["cgroupEnabled"] = false,
            ["haenabled"] = false,
            ["serviceConfigurations"] = services,
            ["rebalancerEnabled"] = false,
            ["myriadExecutorConfiguration"] = new JsonObject
            {
                ["jvmMaxMemoryMB"] = Number("256.0"),
                ["path"] = "file:///usr/local/libexec/mesos/myriad-executor-runnable-0.1.0.jar",
                ["nodeManagerUri"] = Given(false),
                ["configUri"] = Given(false),
                ["jvmUri"] = Given(false),
            },
            ["nodeManagerConfiguration"] = new JsonObject
            {
                ["jvmMaxMemoryMB"] = Number("1024.0"),
                ["cpus"] = Number("0.2"),
                ["jvmOpts"] = Given(false),
                ["ports"] = new JsonObject
                {
                    ["myriad.mapreduce.shuffle.port"] = 0,
                    ["myriad.yarn.nodemanager.address"] = 0,
                    ["myriad.yarn.nodemanager.localizer.address"] = 0,
                    ["myriad.yarn.nodemanager.webapp.address"] = 0,
                },
                ["cgroups"] = false,
                ["maxCpus"] = Number("24.0"),
            },
        }.ToJsonString();
    }

    private static JsonObject Service(string name, bool isBounded) => new()
    {
        ["jvmMaxMemoryMB"] = Number("1024.0"),
        ["cpus"] = Number("1.0"),
        ["jvmOpts"] = Given(false),
        ["ports"] = new JsonObject { [$"myriad.{name}.port"] = 0 },
        ["taskFactoryImplName"] = Given(false),
        ["envSettings"] = null,
        ["taskName"] = name,
        ["maxInstances"] = Given(isBounded),
        ["command"] = Given(true),
        ["serviceOpts"] = Given(false),
    };

    private static JsonObject Given(bool present) => new() { ["present"] = present };

    /// <summary>Java writes doubles with a fraction or an exponent.</summary>
    private static JsonNode Number(string text) => JsonNode.Parse(text)!;
}
