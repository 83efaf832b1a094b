using Microsoft.Azure.Functions.Worker.Builder;

namespace MyriadSync.FunctionsRuntime;

/// <summary>Settings that only the local runtime has.</summary>
public static class LocalRuntimeBuilderExtensions
{
    /// <summary>Sets them; may be called more than once.</summary>
    public static FunctionsApplicationBuilder ConfigureLocalRuntime(this FunctionsApplicationBuilder builder, Action<LocalRuntimeOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        configure(builder.Composition.Options);
        return builder;
    }
}
