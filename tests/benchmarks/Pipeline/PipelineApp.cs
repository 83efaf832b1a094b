using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Configuration;

namespace MyriadSync.Benchmarks.Pipeline;

/// <summary>The app put together with one store a policy, and never started: the pipeline needs no host.</summary>
internal sealed class PipelineApp : IDisposable
{
    /// <summary>Every policy that a store's file can name by itself.</summary>
    public static IReadOnlyList<string> Policies { get; } = ["last-write-wins", "field-merge", "client-wins", "server-wins", "reject", "manual"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("myriadsync-pipeline");
    private readonly ServiceProvider _services;

    public PipelineApp()
    {
        foreach (var policy in Policies)
        {
            File.WriteAllText(Path.Combine(_folder.FullName, policy + ".json"), $$"""{"store":"{{policy}}","policy":"{{policy}}"}""");
        }

        var builder = FunctionsApplication.CreateBuilder([]);
        ((IConfigurationBuilder)builder.Configuration).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            ["Stores:Folder"] = _folder.FullName,
        });
        builder.AddMyriadSync();
        _services = builder.Services.BuildServiceProvider();
    }

    /// <summary>A part of the app.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <inheritdoc />
    public void Dispose()
    {
        _services.Dispose();
        _folder.Delete(recursive: true);
    }
}
