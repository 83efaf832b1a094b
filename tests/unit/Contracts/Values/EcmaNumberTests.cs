using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using MyriadSync.Contracts.Values;

namespace MyriadSync.UnitTests.Contracts.Values;

public sealed partial class EcmaNumberTests
{
    // The samples of RFC 8785, appendix B.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Format_SampleOfTheRfc_IsAsGiven(ulong bits, string expected)
    {
        Assert.Equal(expected, Format(BitConverter.UInt64BitsToDouble(bits)));
    }

    [Theory]
    [InlineData(0x3e60000000000000, "2.9802322387695312e-8")]
    [InlineData(0x0410000000000000, "4.1045368012983762e-289")]
    public void Format_PowerOfTwoThatDotNetCutsShort_HasAllItsDigits(ulong bits, string expected)
    {
        Assert.Equal(expected, Format(BitConverter.UInt64BitsToDouble(bits)));
    }

    [Fact]
    public void Format_EveryPowerOfTwoAndItsNeighbours_ReadsBack()
    {
        for (var exponent = -1074; exponent <= 1023; exponent++)
        {
            var power = Math.ScaleB(1, exponent);
            Assert.All(
                [Math.BitDecrement(power), power, Math.BitIncrement(power)],
                value => Assert.Equal(value, double.Parse(Format(value), CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void Format_AnyNumber_ReadsBackInFewestDigits()
    {
        var numbers = Gen.OneOf(Gen.ULong.Select(BitConverter.UInt64BitsToDouble), Gen.Int.Select(value => value / 100.0), Gen.Double).Where(double.IsFinite);

        Property.Holds(numbers, value =>
        {
            var text = Format(value);

            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
            Assert.Matches(EcmaPattern(), text);
            var digits = text.Split('e')[0].Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Trim('0').Length;
            for (var fewer = 1; fewer < digits; fewer++)
            {
                Assert.NotEqual(value, double.Parse(value.ToString($"E{fewer - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
            }
        });
    }

    private static string Format(double value)
    {
        Span<byte> text = stackalloc byte[EcmaNumber.MaxBytes];
        return Encoding.ASCII.GetString(text[..EcmaNumber.Format(value, text)]);
    }

    [GeneratedRegex(@"^-?(0|[1-9]\d{0,20}|(0|[1-9]\d*)\.\d*[1-9]|[1-9](\.\d*[1-9])?e[+-][1-9]\d{0,2})$")]
    private static partial Regex EcmaPattern();
}
