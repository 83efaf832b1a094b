using Microsoft.Extensions.Time.Testing;
using MyriadSync.Myriad.HBase;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class GatewayPoolTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly GatewayPool _pool;

    public GatewayPoolTests() => _pool = new([new("http://a"), new("http://b"), new("http://c")], _time);

    [Fact]
    public void Next_AllWell_TakesThemInTurn()
    {
        var taken = string.Concat(Enumerable.Range(0, 7).Select(_ => Take().Authority));

        Assert.Equal("abcabca", taken);
    }

    [Fact]
    public void Next_OneFailed_LeavesItOutAndThenProbesItWithOneRequest()
    {
        _pool.Failed(Take());

        var during = string.Concat(Enumerable.Range(0, 4).Select(_ => Take().Authority));
        _time.Advance(TimeSpan.FromSeconds(1));
        var after = string.Concat(Enumerable.Range(0, 4).Select(_ => Take().Authority));

        Assert.Equal("bcbc", during);
        Assert.Equal("abcb", after);
    }

    [Fact]
    public void Answered_AfterAProbe_PutsItBackInTurn()
    {
        _pool.Failed(Take());
        _time.Advance(TimeSpan.FromSeconds(1));
        Take();
        Take();
        var probed = Take();

        var back = _pool.Answered(probed);
        var taken = string.Concat(Enumerable.Range(0, 3).Select(_ => Take().Authority).Order());

        Assert.Equal("a", probed.Authority);
        Assert.True(back);
        Assert.Equal("abc", taken);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 8)]
    [InlineData(7, 60)]
    [InlineData(50, 60)]
    public void Failed_AgainAndAgain_DoublesThePeriodUpToAMinute(int failures, int seconds)
    {
        var pool = new GatewayPool([new("http://a"), new("http://b")], _time);
        var a = pool.Next([])!;
        for (var i = 0; i < failures; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(2));
            pool.Failed(a);
        }

        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        var before = Two(pool);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var after = Two(pool);

        Assert.Equal("bb", before);
        Assert.Contains('a', after);
    }

    [Fact]
    public void Failed_ManyRequestsThatWereUnderWayTogether_CountAsOne()
    {
        var a = Take();
        for (var i = 0; i < 10; i++)
            _pool.Failed(a);

        _time.Advance(TimeSpan.FromSeconds(1));
        var taken = string.Concat(Enumerable.Range(0, 3).Select(_ => Take().Authority));

        Assert.Contains('a', taken);
    }

    [Fact]
    public void Next_AllFailed_TakesTheOneThatComesBackFirst()
    {
        foreach (var endpoint in new[] { Take(), Take(), Take() })
        {
            _pool.Failed(endpoint);
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        var taken = Take();
        var another = _pool.Next([taken])!;

        Assert.Equal("a", taken.Authority);
        Assert.Equal("b", another.Authority);
        Assert.Equal(3, _pool.LeftOut);
    }

    [Fact]
    public void Next_AllTried_IsNull()
    {
        var none = _pool.Next([Take(), Take(), Take()]);

        Assert.Null(none);
    }

    [Fact]
    public void Released_ProbeGivenUpByItsCaller_LetsAnotherOneThrough()
    {
        var pool = new GatewayPool([new("http://a"), new("http://b")], _time);
        var a = pool.Next([])!;
        pool.Failed(a);
        _time.Advance(TimeSpan.FromSeconds(1));
        Two(pool);

        pool.Released(a);
        var taken = Two(pool);

        Assert.Contains('a', taken);
    }

    private static string Two(GatewayPool pool) => pool.Next([])!.Authority + pool.Next([])!.Authority;

    private GatewayEndpoint Take() => _pool.Next([])!;
}
