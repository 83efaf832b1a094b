using Microsoft.Extensions.Logging.Abstractions;
using MyriadSync.Poison;
using MyriadSync.Triggers.Queues;

namespace MyriadSync.UnitTests.Triggers.Queues;

public sealed class LastResortTests
{
    private static readonly byte[] Message = [1, 2, 3];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Record_ThatSucceeds_SendsNothingBack()
    {
        var sweep = new Sweep();

        await RecordAsync(sweep, () => Task.CompletedTask);

        Assert.Empty(sweep.SentBack);
    }

    [Fact]
    public async Task Record_ThatFails_EndsWellWithTheMessageSentBackForLater()
    {
        var sweep = new Sweep();

        await RecordAsync(sweep, () => throw new InvalidOperationException());

        Assert.Equal(("q-poison", Convert.ToHexString(Message), LastResort.Pause), Assert.Single(sweep.SentBack));
    }

    [Fact]
    public async Task Record_ThatFailsWhereNothingCanBeSent_FailsSoThatTheMessageStays()
    {
        var sweep = new Sweep { IsAway = true };

        await Assert.ThrowsAsync<TimeoutException>(() => RecordAsync(sweep, () => throw new InvalidOperationException()));
    }

    private static Task RecordAsync(Sweep sweep, Func<Task> record) => LastResort.RecordAsync("q-poison", Message, record, sweep, NullLogger.Instance, Cancel);

    private sealed class Sweep : IPoisonSweep
    {
        public bool IsAway { get; init; }

        public List<(string Queue, string Content, TimeSpan After)> SentBack { get; } = [];

        public Task SweepAsync(string queue, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SendBackAsync(string queue, ReadOnlyMemory<byte> content, TimeSpan after, CancellationToken cancellationToken)
        {
            SentBack.Add((queue, Convert.ToHexString(content.Span), after));
            return IsAway ? throw new TimeoutException() : Task.CompletedTask;
        }
    }
}
