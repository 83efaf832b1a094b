using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace MyriadSync.FunctionsRuntime;

/// <summary>What tools and tests set in process; everything has a setting under <c>FunctionsRuntime:</c> or a default as well.</summary>
public sealed class LocalRuntimeOptions
{
    /// <summary>Port on 127.0.0.1; 0 takes a free one. Null: <c>FunctionsRuntime:Port</c>, or 7071.</summary>
    public int? Port { get; set; }

    /// <summary>Path of the state file. Null: <c>FunctionsRuntime:StateFile</c>, or <c>.functions/state.db</c> beside the app.</summary>
    public string? StateFile { get; set; }

    /// <summary>Where functions are looked for. Empty: in the entry assembly and all in its reach that use the runtime.</summary>
    public IList<Assembly> FunctionAssemblies { get; } = [];

    /// <summary>Replay orchestrations on each event. Null: <c>FunctionsRuntime:ReplayOnEachEvent</c>, or false.</summary>
    public bool? ReplayOnEachEvent { get; set; }

    /// <summary>Narrower than assemblies, for tests: the classes that hold functions.</summary>
    internal IList<Type> FunctionTypes { get; } = [];

    internal List<Action<IApplicationBuilder>> App { get; } = [];

    internal List<Action<IEndpointRouteBuilder>> Endpoints { get; } = [];

    /// <summary>Adds ASP.NET Core middleware ahead of the functions: CORS, static files.</summary>
    public void ConfigureApp(Action<IApplicationBuilder> configure) => App.Add(configure);

    /// <summary>Adds ASP.NET Core endpoints beside the functions.</summary>
    public void MapEndpoints(Action<IEndpointRouteBuilder> map) => Endpoints.Add(map);
}
