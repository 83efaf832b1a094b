using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MyriadSync.FunctionsRuntime.Http;

namespace MyriadSync.FunctionsRuntime.Hosting;

/// <summary>Puts a host together.</summary>
internal sealed class RuntimeComposition
{
    // Long polls are cut off after this when the host stops.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplicationBuilder _builder;
    private bool _aspNetCore;

    public RuntimeComposition(WebApplicationBuilder builder)
    {
        _builder = builder;
        var services = builder.Services;
        services.AddRoutingCore();
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTimeout);

        // As in the genuine worker: names as they are declared, read without regard to case.
        services.Configure<JsonSerializerOptions>(o => o.PropertyNameCaseInsensitive = true);
        services.AddSingleton(this);
        services.AddSingleton<RuntimeService>();
        services.AddHostedService(s => s.GetRequiredService<RuntimeService>());
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"))
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddSimpleConsole(o => o.SingleLine = true);
    }

    /// <summary>What tools and tests set in process.</summary>
    public LocalRuntimeOptions Options { get; } = new();

    /// <summary>Steps of the invocation pipeline, the outermost first.</summary>
    public List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> Middleware { get; } = [];

    /// <summary>Whether HTTP functions can work.</summary>
    public bool HasAspNetCore => _aspNetCore;

    /// <summary>Folder of host.json and local.settings.json.</summary>
    public static string BaseDirectory => AppContext.BaseDirectory;

    /// <summary>An ASP.NET Core builder with nothing but our settings and Kestrel.</summary>
    public static WebApplicationBuilder CreateWebBuilder(string[] args)
    {
        var builder = WebApplication.CreateEmptyBuilder(new()
        {
            ContentRootPath = BaseDirectory,
            EnvironmentName = Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT")
                ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
                ?? Environments.Development,
        });
        AppConfiguration.AddSources(builder.Configuration, args, BaseDirectory);
        return builder;
    }

    /// <summary>Lets HTTP functions work, <c>IActionResult</c> included.</summary>
    public void EnableAspNetCore()
    {
        if (_aspNetCore)
            return;
        _aspNetCore = true;
        _builder.Services.AddMvcCore();
    }

    /// <summary>The host.</summary>
    public IHost Build()
    {
        var settings = RuntimeSettings.Read(Options, _builder.Configuration, BaseDirectory);
        _builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // The app bounds what it reads.
            kestrel.Listen(IPAddress.Loopback, settings.Port);
        });

        var app = _builder.Build();
        var runtime = app.Services.GetRequiredService<RuntimeService>();
        runtime.Prepare(settings, AppConfiguration.ReadHostJson(BaseDirectory, _builder.Configuration));
        app.UseMiddleware<NotFoundForWrongMethod>();
        foreach (var configure in Options.App)
            configure(app);
        app.UseRouting();
        runtime.MapHttpFunctions(app);
        foreach (var map in Options.Endpoints)
            map(app);
        return app;
    }
}
