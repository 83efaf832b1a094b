using Microsoft.Extensions.Configuration;

namespace MyriadSync.FunctionsRuntime.Hosting;

/// <summary>Settings of the runtime itself, under <c>FunctionsRuntime:</c>.</summary>
internal sealed record RuntimeSettings
{
    /// <summary>Port on 127.0.0.1; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Path of the state file.</summary>
    public required string StateFile { get; init; }

    /// <summary>Key for functions that ask for one; null: none is accepted.</summary>
    public required string? FunctionKey { get; init; }

    /// <summary>Key for everything; null: none is accepted.</summary>
    public required string? AdminKey { get; init; }

    /// <summary>Replay orchestrations on each event.</summary>
    public required bool ReplayOnEachEvent { get; init; }

    /// <summary>From in-process options, then configuration, then defaults.</summary>
    public static RuntimeSettings Read(LocalRuntimeOptions options, IConfiguration configuration, string baseDirectory)
    {
        var section = configuration.GetSection("FunctionsRuntime");
        return new()
        {
            Port = options.Port ?? section.GetValue("Port", 7071),
            StateFile = Path.GetFullPath(options.StateFile ?? section["StateFile"] ?? Path.Combine(".functions", "state.db"), baseDirectory),
            FunctionKey = section["Keys:Function"],
            AdminKey = section["Keys:Admin"],
            ReplayOnEachEvent = options.ReplayOnEachEvent ?? section.GetValue("ReplayOnEachEvent", false),
        };
    }
}
