using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MyriadSync.FunctionsRuntime.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Composes a functions app.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder _builder;
    private readonly RuntimeComposition _composition;

    internal FunctionsApplicationBuilder(string[] args)
    {
        _builder = RuntimeComposition.CreateWebBuilder(args);
        _composition = new(_builder);
    }

    /// <summary>Values that parts of the composition share.</summary>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_builder).Properties;

    /// <summary>The settings of the app.</summary>
    public ConfigurationManager Configuration => _builder.Configuration;

    /// <summary>Name and folders of the app.</summary>
    public IHostEnvironment Environment => _builder.Environment;

    /// <summary>Where logs go.</summary>
    public ILoggingBuilder Logging => _builder.Logging;

    /// <summary>Which metrics are collected.</summary>
    public IMetricsBuilder Metrics => _builder.Metrics;

    /// <summary>The services of the app.</summary>
    public IServiceCollection Services => _builder.Services;

    IConfigurationManager IHostApplicationBuilder.Configuration => _builder.Configuration;

    internal RuntimeComposition Composition => _composition;

    /// <summary>The host: starting it starts HTTP server, queue and timer triggers, and orchestrations.</summary>
    /// <exception cref="InvalidOperationException">A function or a setting is wrong; the message names it.</exception>
    public IHost Build() => _composition.Build();

    /// <summary>Replaces the service container.</summary>
    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => ((IHostApplicationBuilder)_builder).ConfigureContainer(factory, configure);

    /// <summary>Adds a step to the invocation pipeline; the first added is the outermost.</summary>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _composition.Middleware.Add(middleware);
        return this;
    }

    internal void EnableAspNetCore() => _composition.EnableAspNetCore();
}
