using System.Net;
using MyriadSync.ConformanceTests.EmulatorOnly;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.Scheduler;

public sealed class SchedulerTests
{
    [Fact]
    public async Task State_AtStart_HasEveryConfiguredTask()
    {
        await using var emulator = await EmulatorFixture.StartAsync();

        var state = await emulator.Scheduler.GetAsync("/api/state");

        Assert.Equal(["pendingTasks", "stagingTasks", "activeTasks", "killableTasks"], state.Expect(HttpStatusCode.OK).Json.EnumerateObject().Select(list => list.Name));
        var prefixes = Tasks(state).Select(id => id[..id.LastIndexOf('.')]).Order();
        Assert.Equal(["hbaserest.hbaserest", "hbaserest.hbaserest", "nm.medium"], prefixes);
    }

    [Fact]
    public async Task FlexDownThenUp_BoundedService_StaysWithinItsBound()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        const string One = """{"instances":1,"serviceName":"hbaserest"}""";

        var full = await emulator.Scheduler.SendAsync(Put("/api/cluster/flexupservice", One), "*/*");
        var down = await emulator.Scheduler.SendAsync(Put("/api/cluster/flexdownservice", One), "*/*");
        var up = await emulator.Scheduler.SendAsync(Put("/api/cluster/flexupservice", One), "*/*");

        full.Expect(HttpStatusCode.BadRequest);
        Assert.StartsWith("Current number of active, staging, pending instances and requested: 3", full.Body, StringComparison.Ordinal);
        down.Expect(HttpStatusCode.Accepted);
        up.Expect(HttpStatusCode.Accepted);

        HttpRequestMessage Put(string path, string json) => new(HttpMethod.Put, emulator.Scheduler.Url(path))
        {
            Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
        };
    }

    private static IEnumerable<string> Tasks(Reply state) =>
        state.Json.EnumerateObject().SelectMany(list => list.Value.EnumerateArray()).Select(id => id.GetString()!);
}
