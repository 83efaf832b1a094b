using System.Globalization;
using MyriadSync.Orchestration;

namespace MyriadSync.UnitTests.Orchestration;

public sealed class BatchMemoryTests
{
    private const int Room = 128;

    private readonly BatchMemory _memory = new();

    [Fact]
    public void Get_NoRoomLeft_ForgetsTheOldest()
    {
        var second = Remember(Room)[1];

        _memory.Get("new");

        Assert.Same(second, _memory.Get("1"));
        Assert.NotSame(second, _memory.Get("0"));
    }

    [Fact]
    public void Get_ForgottenBatchComesAgain_IsTheNewest()
    {
        Remember(Room);
        _memory.Forget("0");
        var again = _memory.Get("0");

        _memory.Get("new");

        Assert.Same(again, _memory.Get("0"));
    }

    [Fact]
    public void Forget_UnknownBatch_DoesNothing()
    {
        _memory.Forget("0");

        Assert.Null(_memory.Settled("0"));
    }

    private List<object> Remember(int batches) => [.. Enumerable.Range(0, batches).Select(i => _memory.Get(i.ToString(CultureInfo.InvariantCulture)))];
}
