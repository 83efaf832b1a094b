using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Azurite;
using MyriadSync.DevStack.Tokens;
using MyriadSync.E2ETests.Stacks;

[assembly: AssemblyFixture(typeof(StackHost))]

namespace MyriadSync.E2ETests.Stacks;

/// <summary>Starts stacks for the specs and does to them what the specs ask for (<c>support/stack.ts</c> asks): they run in another process.</summary>
public sealed class StackHost : IAsyncLifetime
{
    /// <summary>Tells the specs where <see cref="SharedStack"/> answers.</summary>
    public const string StackVariable = "MYRIADSYNC_STACK_URL";

    /// <summary>Tells the specs where this answers.</summary>
    public const string HostVariable = "MYRIADSYNC_STACK_HOST";

    private const int Accounts = 50;

    private readonly ConcurrentDictionary<string, LocalStack> _stacks = new();
    private AzuriteProcess? _azurite;
    private WebApplication? _app;

    /// <summary>Where it answers.</summary>
    public string Address => _app!.Urls.Single();

    /// <summary>Where a stack answers that all specs may use, each with datasets of its own.</summary>
    public string SharedStack { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteProcess.LaunchAsync(new AzuriteOptions { Accounts = Accounts });
        var shared = await StartAsync(ownProcess: false);
        SharedStack = AddressOf(shared.Stack);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapPost("/stacks", async (bool? ownProcess, int? demoPlaces) =>
        {
            var (id, stack) = await StartAsync(ownProcess ?? false, demoPlaces);
            return Results.Json(new { id, url = AddressOf(stack) });
        });
        _app.MapPost("/stacks/{id}/token", (string id, DevTokenRequest request) => Results.Text(_stacks[id].Tokens.Create(request)));
        _app.MapPost("/stacks/{id}/kill", (string id) => _stacks[id].KillApp());
        _app.MapPost("/stacks/{id}/stop", (string id) => _stacks[id].StopAppAsync());
        _app.MapPost("/stacks/{id}/start", (string id) => _stacks[id].StartAppAsync());
        _app.MapPost("/stacks/{id}/forget/{dataset}", (string id, string dataset) => Forgetting.OfAsync(_stacks[id], dataset));
        _app.MapDelete("/stacks/{id}", async (string id) =>
        {
            if (_stacks.TryRemove(id, out var stack))
                await stack.DisposeAsync();
        });
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        foreach (var stack in _stacks.Values)
            await stack.DisposeAsync();
        if (_azurite is not null)
            await _azurite.DisposeAsync();
    }

    /// <param name="ownProcess">The app can be killed.</param>
    /// <param name="demoPlaces">Places of its demo; null: it has none.</param>
    private async Task<(string Id, LocalStack Stack)> StartAsync(bool ownProcess, int? demoPlaces = null)
    {
        var stack = await LocalStack.StartAsync(
            new LocalStackOptions { SharedAzurite = _azurite, OwnProcess = ownProcess, Demo = demoPlaces is not null, DemoPlaces = demoPlaces ?? 0 });
        var id = stack.Options.Port.ToString(CultureInfo.InvariantCulture);
        _stacks[id] = stack;
        return (id, stack);
    }

    private static string AddressOf(LocalStack stack) => stack.BaseAddress.ToString().TrimEnd('/');
}
