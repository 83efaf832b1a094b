using MyriadSync.Orchestration.Redrives;

namespace MyriadSync.UnitTests.Orchestration.Redrives;

public sealed class PoisonPositionTests
{
    [Fact]
    public void Order_EntriesOfClients_KeepsEachClientsOrder()
    {
        PoisonPosition[] sorted = [new("", 0, "z"), new("a", 2, "y"), new("a", 10, "b"), new("b", 1, "a"), new("b", 1, "c")];

        Assert.Equal(sorted, sorted.Reverse().Order());
    }

    [Theory]
    [InlineData("c1", 41)]
    [InlineData("", 0)]
    public void Parse_Token_GivesThePositionBack(string clientId, long seq)
    {
        var position = new PoisonPosition(clientId, seq, "5d2f");

        Assert.Equal(position, PoisonPosition.Parse(position.ToString()));
    }

    [Theory]
    [InlineData("?")]
    [InlineData("")]
    [InlineData("YQ")]
    public void Parse_AnythingElse_IsNoPosition(string text) => Assert.Null(PoisonPosition.Parse(text));
}
