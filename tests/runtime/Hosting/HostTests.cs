using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Configuration;
using MyriadSync.FunctionsRuntime.Hosting;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Hosting;

public sealed class HostTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Hosts_SeveralInOneProcess_KeepApart()
    {
        await using var one = await StartAsync(_folder.File("one.db"), typeof(Functions));
        await using var two = await StartAsync(_folder.File("two.db"), typeof(Functions));

        await one.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Nothing), null, new StartOrchestrationOptions("only-in-one"), Token);
        await one.Client.WaitForInstanceCompletionAsync("only-in-one", Token);

        Assert.NotEqual(one.Http.BaseAddress, two.Http.BaseAddress);
        Assert.Null(await two.Client.GetInstanceAsync("only-in-one", Token));
    }

    [Fact]
    public async Task StateFile_InUse_IsNamed()
    {
        await using var first = await StartAsync(_folder.StateFile, typeof(Functions));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(_folder.StateFile, typeof(Functions)));

        Assert.Contains($"'{_folder.StateFile}' is in use by another host", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instance_RunningWhenTheHostStops_GoesOnWithTheNext()
    {
        await using (var first = await StartAsync(_folder.StateFile, typeof(Functions)))
            await first.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Slow), null, new StartOrchestrationOptions("i"), Token);

        await using var second = await StartAsync(_folder.StateFile, typeof(Functions));
        var ended = await second.Client.WaitForInstanceCompletionAsync("i", getInputsAndOutputs: true, Token);

        Assert.Equal(5, ended.ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(typeof(Twice), "'Same' is declared more than once")]
    [InlineData(typeof(NoTrigger), "'untriggered' (")]
    [InlineData(typeof(WrongTrigger), "parameter 'req' of type String cannot be bound")]
    [InlineData(typeof(WrongResult), "'result' returns String")]
    public async Task Function_DeclaredWrongly_FailsTheStartNamingIt(Type functions, string message)
    {
        var exception = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => StartAsync(_folder.StateFile, functions));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_CommandLineOverEnvironmentOverLocalSettings()
    {
        var name = $"RUNTIME_TEST_{Guid.NewGuid():N}";
        File.WriteAllText(_folder.File("local.settings.json"), $$"""{ "IsEncrypted": false, "Values": { "{{name}}": "file", "{{name}}_2": "file", "A__B": "nested" } }""");
        File.WriteAllText(_folder.File("host.json"), """{ "extensions": { "http": { "routePrefix": "file" }, "queues": { "batchSize": 4 } } }""");
        Environment.SetEnvironmentVariable(name, "environment");
        Environment.SetEnvironmentVariable($"{name}_3", "environment");
        var builder = new ConfigurationBuilder();

        AppConfiguration.AddSources(builder, [$"--{name}_3", "command line", "--AzureFunctionsJobHost:extensions:http:routePrefix", "overlay"], Path.GetDirectoryName(_folder.StateFile)!);
        var settings = builder.Build();
        var host = AppConfiguration.ReadHostJson(Path.GetDirectoryName(_folder.StateFile)!, settings);

        Assert.Equal(("environment", "file", "command line", "nested"), (settings[name], settings[$"{name}_2"], settings[$"{name}_3"], settings["A:B"]));
        Assert.Equal(("overlay", 4), (host["extensions:http:routePrefix"], HostJson.Queues(host).BatchSize));
    }

    private static Task<TestApp> StartAsync(string stateFile, Type functions) => TestApp.StartAsync(new() { StateFile = stateFile }, functions);

    private static class Functions
    {
        [Function(nameof(Nothing))]
        public static void Nothing([OrchestrationTrigger] TaskOrchestrationContext context) => GC.KeepAlive(context);

        [Function(nameof(Slow))]
        public static async Task<int> Slow([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var sum = 0;
            for (var i = 0; i < 5; i++)
                sum += await context.CallActivityAsync<int>(nameof(One), i);
            return sum;
        }

        [Function(nameof(One))]
        public static async Task<int> One([ActivityTrigger] int input)
        {
            await Task.Delay(30);
            return input >= 0 ? 1 : 0;
        }
    }

    private static class Twice
    {
        [Function("same")]
        public static void A([ActivityTrigger] string input) => GC.KeepAlive(input);

        [Function("Same")]
        public static void B([ActivityTrigger] string input) => GC.KeepAlive(input);
    }

    private static class NoTrigger
    {
        [Function("untriggered")]
        public static void A(string input) => GC.KeepAlive(input);
    }

    private static class WrongTrigger
    {
        [Function("wrong")]
        public static void A([HttpTrigger(AuthorizationLevel.Anonymous)] string req) => GC.KeepAlive(req);
    }

    private static class WrongResult
    {
        [Function("result")]
        public static string A([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest req) => req.Method;
    }
}
