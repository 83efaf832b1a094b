using CsCheck;
using MyriadSync.Contracts;

namespace MyriadSync.UnitTests.Contracts;

public sealed class HybridTimeTests
{
    private static readonly Gen<HybridTime> Any = Gen.Select(
        Gen.OneOf(Gen.Long[0, 3], Gen.Long[0, HybridTime.MaxMilliseconds - 1]),
        Gen.OneOf(Gen.Int[0, 2], Gen.Int[0, 65535], Gen.Const(65535)),
        Gen.OneOf("aZ09-_".ToCharArray()).Array[1, 3],
        (milliseconds, counter, id) => HybridTime.FromMilliseconds(milliseconds, new string(id), counter));

    [Fact]
    public void ToString_Time_IsHexDigitsAndClient()
    {
        var time = HybridTime.FromMilliseconds(1700000000000, "client-1", counter: 10);

        Assert.Equal("018bcfe56800000aclient-1", time.ToString());
    }

    [Fact]
    public void TryParse_AnyTime_GivesItBack()
    {
        Property.Holds(Any, time =>
        {
            Assert.True(HybridTime.TryParse(time.ToString(), out var parsed));
            Assert.Equal(time, parsed);
            Assert.Equal((time.Milliseconds, time.Counter, time.ClientId), (parsed.Milliseconds, parsed.Counter, parsed.ClientId));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("018bcfe56800000a")]
    [InlineData("018BCFE56800000Aclient")]
    [InlineData("018bcfe5680000gaclient")]
    [InlineData("018bcfe56800000acl ient")]
    [InlineData("018bcfe56800000acl~ient")]
    [InlineData(" 18bcfe56800000aclient")]
    [InlineData("018bcfe56800000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void TryParse_OtherText_IsRefused(string text)
    {
        Assert.False(HybridTime.TryParse(text, out _));
    }

    [Fact]
    public void CompareTo_AnyTwoTimes_IsTheOrderOfTheirText()
    {
        Property.Holds(Gen.Select(Any, Any), pair =>
        {
            var order = Math.Sign(string.CompareOrdinal(pair.Item1.ToString(), pair.Item2.ToString()));

            Assert.Equal(order, Math.Sign(pair.Item1.CompareTo(pair.Item2)));
            Assert.Equal(order == 0, pair.Item1 == pair.Item2);
            Assert.Equal(order < 0, pair.Item1 < pair.Item2);
        });
    }

    [Fact]
    public void After_AnyTime_IsTheNextOfThatClient()
    {
        Property.Holds(Gen.Select(Any, Any), pair =>
        {
            var (other, id) = (pair.Item1, pair.Item2.ClientId);

            var after = HybridTime.After(other, id);

            Assert.True(after > other);
            Assert.Equal(id, after.ClientId);
            var ticks = ((decimal)after.Milliseconds * 65536) + after.Counter;
            var before = ticks == 0 ? default : HybridTime.FromMilliseconds((long)((ticks - 1) / 65536), id, (int)((ticks - 1) % 65536));
            Assert.True(before <= other);
        });
    }

    [Fact]
    public void After_CounterAtItsEnd_MovesTheMilliseconds()
    {
        var after = HybridTime.After(HybridTime.FromMilliseconds(5, "b", counter: 65535), "a");

        Assert.Equal(HybridTime.FromMilliseconds(6, "a"), after);
    }

    [Fact]
    public void After_LastTime_Throws()
    {
        var last = HybridTime.FromMilliseconds(HybridTime.MaxMilliseconds, "b", counter: 65535);

        Assert.Throws<ArgumentOutOfRangeException>(() => HybridTime.After(last, "b"));
        Assert.Equal(last.Milliseconds, HybridTime.After(last, "c").Milliseconds);
    }

    [Fact]
    public void FromMilliseconds_BadPart_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => HybridTime.FromMilliseconds(-1, "a"));
        Assert.Throws<ArgumentOutOfRangeException>(() => HybridTime.FromMilliseconds(HybridTime.MaxMilliseconds + 1, "a"));
        Assert.Throws<ArgumentOutOfRangeException>(() => HybridTime.FromMilliseconds(0, "a", counter: 65536));
        Assert.Throws<ArgumentException>(() => HybridTime.FromMilliseconds(0, ""));
    }

    [Fact]
    public void CompareTo_Default_IsBelowEveryReading()
    {
        Assert.True(default(HybridTime) < HybridTime.FromMilliseconds(0, "-"));
    }
}
