using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MyriadSync.FunctionsRuntime.Child;

internal static class ChildHost
{
    public static async Task<IHost> StartAsync(string stateFile, string? journal)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (journal is not null)
            builder.Services.AddSingleton(new Journal(journal));
        builder.ConfigureLocalRuntime(o =>
        {
            o.Port = 0;
            o.StateFile = stateFile;
            o.FunctionAssemblies.Add(typeof(ChildHost).Assembly);
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
