using Microsoft.Extensions.DependencyInjection;
using MyriadSync.DevStack.Azurite;

namespace MyriadSync.DevStack;

/// <summary>What a <see cref="LocalStack"/> consists of. Every server listens on 127.0.0.1; a port of 0 means: take a free one.</summary>
public sealed record LocalStackOptions
{
    /// <summary>Port of the function app.</summary>
    public int Port { get; init; }

    /// <summary>Port of the emulator's HBase REST gateway.</summary>
    public int HBasePort { get; init; }

    /// <summary>Port of the emulator's Myriad scheduler.</summary>
    public int SchedulerPort { get; init; }

    /// <summary>First of three ports in a row: blob, queue and table services of Azurite. 0: three free ones.</summary>
    public int AzuritePort { get; init; }

    /// <summary>Folder that everything is kept in, and found again in the next run; null: nothing outlives the stack.</summary>
    public string? Data { get; init; }

    /// <summary>True: what earlier runs left in <see cref="Data"/> goes first.</summary>
    public bool Fresh { get; init; }

    /// <summary>Base address of a real HBase REST gateway to use; null: the emulator.</summary>
    public Uri? HBase { get; init; }

    /// <summary>An Azurite that runs already and goes on when this stack stops; the stack takes an account of it. Null: the stack starts its own.</summary>
    public AzuriteProcess? SharedAzurite { get; init; }

    /// <summary>Settings of the app over those that the stack makes, by configuration key (<c>Section:Name</c>).</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>False: storage and cluster alone are started, for commands that work on them while the app is down.</summary>
    public bool StartApp { get; init; } = true;

    /// <summary>True: the app is a process of its own, which <see cref="LocalStack.KillApp"/> can kill. It has no <c>/dev/token</c>; <see cref="LocalStack.Tokens"/> makes its tokens.</summary>
    public bool OwnProcess { get; init; }

    /// <summary>True: the app serves the demo, which is built on the first run. Not with <see cref="OwnProcess"/>.</summary>
    public bool Demo { get; init; }

    /// <summary>Places that the demo has, at most; tests do with fewer than all.</summary>
    public int DemoPlaces { get; init; } = int.MaxValue;

    /// <summary>Changes the services of the app, after all else is registered: tests put gates and clocks there. Not with <see cref="OwnProcess"/>.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }
}
