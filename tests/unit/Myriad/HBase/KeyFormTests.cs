using System.Text;
using CsCheck;
using MyriadSync.Myriad.HBase;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class KeyFormTests
{
    [Fact]
    public void Percent_AnyText_IsTheEscapingOfItsUtf8() => Gen.String.Where(text => !text.Any(char.IsSurrogate)).Sample(text =>
    {
        var key = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

        Assert.Equal(Uri.EscapeDataString(text), KeyForm.Percent(key));
        Assert.Equal(Uri.EscapeDataString(Uri.EscapeDataString(text)), KeyForm.PercentTwice(key));
        Assert.True(KeyForm.IsUtf8(key));
    });

    [Theory]
    [InlineData("a-b.c_~9", false)]
    [InlineData("a/b,c%d+e f", false)]
    [InlineData("\u00c3\u00a9", false)]
    [InlineData("a*", true)]
    [InlineData("a\0", true)]
    [InlineData("..", true)]
    [InlineData("\u00ff", true)]
    public void NeedsBase64_KeyThatNoPathCanHold_Does(string key, bool needs)
    {
        Assert.Equal(needs, KeyForm.NeedsBase64(key));
    }

    [Fact]
    public void Delete_OfSuchAKey_HasItsColumnsInBase64Too()
    {
        var path = GatewayPaths.Delete("shop:t", "\u00ff\u0001", ["cf:a", "cf"], 5);

        Assert.Equal("/shop:t/_wE/Y2Y6YQ,Y2Y/5?e=b64", path);
    }

    [Fact]
    public void Multiget_OfSuchKeys_HasItsColumnAsItIs()
    {
        var path = GatewayPaths.Multiget("shop:t", "cf:a", ["\u00ff\u0001", "b"], inBase64: true);

        Assert.Equal("/shop:t/multiget/cf:a?e=b64&row=_wE&row=Yg", path);
    }
}
