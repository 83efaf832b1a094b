using Microsoft.Extensions.Primitives;
using MyriadSync.Contracts;
using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http;

public class PreferHeaderTests
{
    [Theory]
    [InlineData("", 10, null)]
    [InlineData("wait=5", 5, "wait=5")]
    [InlineData("Wait = 5", 5, "wait=5")]
    [InlineData("wait=\"5\"", 5, "wait=5")]
    [InlineData("wait=0", 0, "wait=0")]
    [InlineData("wait=600", 30, "wait=30")]
    [InlineData("wait=99999999999999999999", 30, "wait=30")]
    [InlineData("respond-async", 0, "respond-async")]
    [InlineData("RESPOND-ASYNC; foo=bar, wait=7", 7, "respond-async, wait=7")]
    [InlineData("return=minimal, wait=3", 3, "wait=3")]
    [InlineData("foo=\"a, wait=3\", wait=4", 4, "wait=4")]
    [InlineData("foo=\"a\\\", wait=3\", wait=4", 4, "wait=4")]
    [InlineData("wait=3, wait=4", 3, "wait=3")]
    [InlineData("wait=x, wait=4", 10, null)]
    [InlineData("wait", 10, null)]
    [InlineData("wait=-1", 10, null)]
    [InlineData("wait=1.5", 10, null)]
    [InlineData(",,;=,", 10, null)]
    [InlineData("\"wait=3", 10, null)]
    public void Parse_Header_BoundsAndIgnoresAsTheRfcSays(string header, int seconds, string? applied)
    {
        var prefer = PreferHeader.Parse(header, new SyncLimits());

        Assert.Equal((TimeSpan.FromSeconds(seconds), applied), (prefer.Wait, prefer.Applied));
    }

    [Fact]
    public void Parse_TwoHeaders_BothCount()
    {
        var prefer = PreferHeader.Parse(new StringValues(["wait=3", "respond-async"]), new SyncLimits());

        Assert.Equal("respond-async, wait=3", prefer.Applied);
    }

    [Fact]
    public void Parse_EndlessHeader_IsIgnored()
    {
        var prefer = PreferHeader.Parse("wait=3" + new string(' ', 2000), new SyncLimits());

        Assert.Null(prefer.Applied);
    }

    [Fact]
    public void Parse_LimitBelowTheDefault_BoundsIt()
    {
        var prefer = PreferHeader.Parse(StringValues.Empty, new SyncLimits { WaitSeconds = 4 });

        Assert.Equal(TimeSpan.FromSeconds(4), prefer.Wait);
    }
}
