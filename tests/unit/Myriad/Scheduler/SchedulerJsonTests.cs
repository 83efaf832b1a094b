using System.Text;
using MyriadSync.Myriad.Scheduler;

namespace MyriadSync.UnitTests.Myriad.Scheduler;

public sealed class SchedulerJsonTests
{
    [Theory]
    [InlineData("2", true, 2)]
    [InlineData("0", false, null)]
    [InlineData("\"2\"", true, 2)]
    [InlineData("\"value is absent\"", false, null)]
    [InlineData("{\"present\":true}", true, null)]
    [InlineData("{\"present\":false}", false, null)]
    [InlineData("null", false, null)]
    [InlineData("[]", null, null)]
    public void ReadConfig_OptionalBound_IsReadInEveryRendering(string rendering, bool? bounded, int? limit)
    {
        var config = Read($$$"""{"frameworkName":"MyriadAlpha","profiles":{},"serviceConfigurations":{"hbaserest":{"maxInstances":{{{rendering}}} } } }""");

        Assert.Equal([new SchedulerService("hbaserest", bounded, limit)], config!.Services);
    }

    [Fact]
    public void ReadConfig_OlderVersion_HasNullForNoServices()
    {
        var config = Read("""{"profiles":{"small":{"cpu":1,"mem":"1100"}},"serviceConfigurations":null}""");

        Assert.Empty(config!.Services);
        Assert.Equal([new SchedulerProfile("small", "1", "1100")], config.Profiles);
        Assert.Null(config.FrameworkName);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"profiles":{},"serviceConfigurations":{"a":{"maxInstances":{}}}}""")]
    public void ReadConfig_NotAConfiguration_IsNull(string body) => Assert.Null(Read(body));

    private static SchedulerConfig? Read(string body) => SchedulerJson.ReadConfig(Encoding.UTF8.GetBytes(body));
}
