using MyriadSync.FunctionsRuntime.Queues;

namespace MyriadSync.FunctionsRuntime.Tests.Queues;

public sealed class QueuePollingTests
{
    [Fact]
    public void Next_WhileNothingComes_DoublesUpToTheLongest()
    {
        var polling = new QueuePolling(TimeSpan.FromSeconds(1));

        int[] waits = [.. Enumerable.Range(0, 6).Select(_ => (int)polling.Next().TotalMilliseconds)];
        polling.Reset();

        Assert.Equal([100, 200, 400, 800, 1000, 1000], waits);
        Assert.Equal(100, polling.Next().TotalMilliseconds);
    }

    [Theory]
    [InlineData(0, 1, 5)]
    [InlineData(33, 1, 5)]
    [InlineData(16, -1, 5)]
    [InlineData(16, 1, 0)]
    public void Demand_ValueOutsideItsRange_Throws(int batchSize, int threshold, int dequeues)
    {
        var options = new QueueOptions { BatchSize = batchSize, NewBatchThreshold = threshold, MaxDequeueCount = dequeues };

        Assert.Throws<InvalidOperationException>(options.Demand);
    }
}
