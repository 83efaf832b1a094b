using MyriadSync.DevStack;
using MyriadSync.DevStack.Apps;
using MyriadSync.DevStack.Azurite;
using MyriadSync.DevStack.Commands;

try
{
    var command = Command.Parse(args);
    if (command.ShowHelp)
    {
        Console.Write(Command.Help);
        return 0;
    }

    using var signals = new StopSignals();
    await using var stack = await LocalStack.StartAsync(command.Stack, signals.Stop);
    Console.Write(Greeting.Of(stack));
    await Task.WhenAny(signals.Stopped, ParentWatch.GoneAsync(TimeProvider.System, signals.Stop));
    return 0;
}
catch (OperationCanceledException)
{
    // Stopped while it started.
    return 0;
}
catch (LocalStackException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
