using MyriadSync.DevStack.Azurite;
using MyriadSync.DevStack.Commands;

namespace MyriadSync.IntegrationTests.DevStack;

public sealed class CommandTests
{
    [Fact]
    public void Parse_NoOptions_TakesTheDocumentedPortsAndFolder()
    {
        var command = Command.Parse([]);

        Assert.Equal((7071, 8080, 8192, 10000), (command.Stack.Port, command.Stack.HBasePort, command.Stack.SchedulerPort, command.Stack.AzuritePort));
        Assert.Equal(".myriadsync", command.Stack.Data);
        Assert.Null(command.Stack.HBase);
        Assert.False(command.Stack.Fresh);
        Assert.True(command.Stack.Demo);
    }

    [Fact]
    public void Parse_EveryOption_IsTaken()
    {
        var command = Command.Parse(
            ["--port", "1", "--hbase-port", "2", "--scheduler-port", "3", "--azurite-port", "4", "--data", "here", "--fresh", "--no-demo", "--hbase", "https://gate.example:8443/hbase"]);

        Assert.Equal((1, 2, 3, 4), (command.Stack.Port, command.Stack.HBasePort, command.Stack.SchedulerPort, command.Stack.AzuritePort));
        Assert.Equal("here", command.Stack.Data);
        Assert.Equal(new Uri("https://gate.example:8443/hbase"), command.Stack.HBase);
        Assert.True(command.Stack.Fresh);
        Assert.False(command.Stack.Demo);
    }

    [Theory]
    [InlineData("--prot", "--prot")]
    [InlineData("--port", "--port")]
    [InlineData("--port 70000", "70000")]
    [InlineData("--port x", "\"x\"")]
    [InlineData("--hbase gateway:8080", "gateway:8080")]
    [InlineData("--hbase ftp://gateway", "ftp://gateway")]
    [InlineData("--data", "--data")]
    public void Parse_Nonsense_NamesIt(string commandLine, string named)
    {
        var parse = () => { Command.Parse(commandLine.Split(' ')); };

        var exception = Assert.Throws<LocalStackException>(parse);
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Parse_Help_IsAsked(string option)
    {
        var command = Command.Parse([option]);

        Assert.True(command.ShowHelp);
    }
}
