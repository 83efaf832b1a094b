using System.Text.Json;
using System.Text.Json.Nodes;
using MyriadSync.DevStack.Azurite;

namespace MyriadSync.DevStack.Demo;

/// <summary>
/// Fills the demo's datasets over the wire, as any client would, once: what is in the log already stays as people have changed it.
/// It begins when the demo is first looked at, so that a stack that is used for something else does not carry 171,075 cities.
/// </summary>
internal sealed class DemoSeed(LocalStack stack, DemoBuild build, TimeProvider time, CancellationToken stop)
{
    /// <summary>The dataset of the team's inspections.</summary>
    public const string Team = "team-north";

    /// <summary>The dataset of the register of places.</summary>
    public const string Register = "cities";

    private readonly Lock _beginning = new();
    private Task? _run;

    /// <summary>How far it is.</summary>
    public SeedProgress Progress { get; private set; } = new() { State = "waiting" };

    /// <summary>Begins, unless it has.</summary>
    public void Begin()
    {
        lock (_beginning)
            _run ??= Task.Run(RunAsync);
    }

    /// <summary>Completes when nothing is sent any more.</summary>
    public Task EndedAsync() => _run ?? Task.CompletedTask;

    private async Task RunAsync()
    {
        try
        {
            Progress = new SeedProgress { State = "loading" };
            await SeedTeamAsync();
            await SeedRegisterAsync();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Progress = Progress with { State = "waiting" };
        }
        catch (Exception exception) when (exception is LocalStackException or HttpRequestException or JsonException or OperationCanceledException or IOException)
        {
            Progress = Progress with { State = "failed", Detail = exception.Message };
            await Console.Error.WriteLineAsync($"The demo's data could not be loaded: {exception.Message} Start the stack again to go on.");
        }
    }

    private async Task SeedTeamAsync()
    {
        using var wire = new SeedWire(stack, Team);
        if (await wire.HeadAsync(stop) > 0)
            return;

        var inspections = JsonNode.Parse(await File.ReadAllTextAsync(build.Inspections, stop))!.AsArray();
        await wire.PushAsync("team", 1, [.. InspectionSeed.Changes(inspections, time.GetUtcNow())], stop);
    }

    private async Task SeedRegisterAsync()
    {
        var cities = await CityFile.ReadAsync(await build.InstallAsync(stop), stack.Options.DemoPlaces, stop);
        Progress = new SeedProgress { State = "loading", Total = cities.Count };
        using var wire = new SeedWire(stack, Register);
        // The last batch first: the answer is the seq that the server expects, which is where a run before this one was interrupted.
        var batches = cities.Chunk(SeedWire.BatchChanges).ToList();
        var expected = await wire.PushAsync("cities", batches.Count, ChangesOf(batches.Count - 1), stop);
        for (var next = (int)((expected - 1) / SeedWire.BatchChanges); next < batches.Count; next++)
        {
            Progress = Progress with { Loaded = next * SeedWire.BatchChanges };
            await wire.PushAsync("cities", next + 1, ChangesOf(next), stop);
        }

        Progress = Progress with { State = "done", Loaded = cities.Count };

        JsonObject[] ChangesOf(int batch) => [.. batches[batch].Select((city, i) => SeedWire.Put("cities", (batch * SeedWire.BatchChanges) + i + 1, city()))];
    }
}
