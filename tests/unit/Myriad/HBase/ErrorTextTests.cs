using System.Text;
using MyriadSync.Myriad.HBase;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class ErrorTextTests
{
    [Theory]
    [InlineData("Bad request\r\njava.lang.IllegalArgumentException: KeyValue size too large\n\tat a.b", "HTTP 400: java.lang.IllegalArgumentException: KeyValue size too large")]
    [InlineData("No rows found.\r\n", "HTTP 400: No rows found.")]
    [InlineData("<html><body>secret</body></html>", "HTTP 400")]
    [InlineData("", "HTTP 400")]
    [InlineData("x\nE Exception: row 'ds~s~Sanna' on table 't' at region=ns:t,ds~s~Sanna,17.abc., host", "HTTP 400: E Exception: row '…' on table 't' at region=… host")]
    [InlineData("x\nE Exception: zz does not exist in region ns:t,ds~s~Sanna,17.abc. in table", "HTTP 400: E Exception: zz does not exist in region … in table")]
    public void Reason_BodyOfAnError_IsOneLineWithoutFramesPagesOrKeys(string body, string expected)
    {
        var reason = ErrorText.Reason(400, ErrorText.Head(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(expected, reason);
    }

    [Fact]
    public void Reason_EndlessLine_IsCut()
    {
        var reason = ErrorText.Reason(503, ErrorText.Head(Encoding.UTF8.GetBytes("Exception " + new string('x', 100_000))));

        Assert.InRange(reason.Length, 200, 300);
    }
}
