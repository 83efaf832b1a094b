namespace MyriadSync.IntegrationTests.Support;

/// <summary>A call that a gate holds. It waits until one of the methods is called, or its gate is disposed of.</summary>
internal sealed class GatedCall(object argument)
{
    private readonly TaskCompletionSource<Func<object?>?> _decision = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the call is about; its type is named at the method of the gated port.</summary>
    public object Argument => argument;

    /// <summary>Ends when the call was let go and has come to its end, well or not.</summary>
    public Task Done => _done.Task;

    /// <summary>What to do in the answer's place; null: go on.</summary>
    internal Task<Func<object?>?> Decision => _decision.Task;

    /// <summary>Lets the call go on as if nothing had been.</summary>
    public void Continue() => _decision.TrySetResult(null);

    /// <summary>Throws in the caller's face. Before the effect nothing is done; after it, the reply is lost.</summary>
    public void Fail(Exception exception) => _decision.TrySetResult(() => throw exception);

    /// <summary>Gives another answer. Before the effect nothing is done.</summary>
    /// <param name="answer">Of the method's own type.</param>
    public void Answer(object? answer) => _decision.TrySetResult(() => answer);

    internal void Finish() => _done.TrySetResult();
}
