using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace MyriadSync.MyriadEmulator.Hosting;

/// <summary>One Kestrel server on 127.0.0.1, with nothing between it and the handler: paths are needed as they were sent.</summary>
internal sealed class Listener : IAsyncDisposable
{
    /// <summary>HBase's gateway takes URLs of 64 KB, and a body with a 10 MiB cell is 14 MB of base64.</summary>
    private const int MaxRequestLineBytes = 64 * 1024, MaxBodyBytes = 256 * 1024 * 1024;

    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;

    private Listener(WebApplication app) => _app = app;

    public required Uri Address { get; init; }

    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<Listener> StartAsync(int port, RequestDelegate handler, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestLineSize = MaxRequestLineBytes;
            options.Limits.MaxRequestBodySize = MaxBodyBytes;
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MinResponseDataRate = null;
            options.Listen(IPAddress.Loopback, port);
        });
        var app = builder.Build();
        app.Run(handler);
        await app.StartAsync(cancellationToken);
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        return new Listener(app) { Address = new Uri(address) };
    }

    public async ValueTask DisposeAsync()
    {
        using var enough = new CancellationTokenSource(StopTime);
        await _app.StopAsync(enough.Token);
        await _app.DisposeAsync();
    }
}
