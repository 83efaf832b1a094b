using System.IO.Compression;
using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http;

public class RequestBodyTests
{
    private const int Limit = 10_000;

    private static readonly byte[] Sound = Encoding.UTF8.GetBytes("{\"a\":\"é\"}");

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json; profile=x")]
    public async Task Read_Json_GivesTheBytes(string contentType)
    {
        var context = HttpFixture.Post(new CountingStream(Sound), contentType);

        using var body = await ReadAsync(context);

        Assert.Null(body.Problem);
        Assert.Equal(Sound, body.Bytes.ToArray());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/problem+json")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("nonsense")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Read_OtherMediaType_Is415AndTheBodyUntouched(string? contentType)
    {
        var stream = new CountingStream(Sound);

        using var body = await ReadAsync(HttpFixture.Post(stream, contentType));

        Assert.Equal((Problems.UnsupportedMediaType, 415), (body.Problem!.Code, body.Problem.Status));
        Assert.Equal(0, stream.BytesRead);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    [InlineData("zstd")]
    public async Task Read_OtherEncoding_Is415AndTheBodyUntouched(string encoding)
    {
        var stream = new CountingStream(Sound);

        using var body = await ReadAsync(HttpFixture.Post(stream, encoding: encoding));

        Assert.Equal(415, body.Problem!.Status);
        Assert.Equal(0, stream.BytesRead);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("x-gzip")]
    public async Task Read_Gzip_IsInflated(string encoding)
    {
        var packed = HttpFixture.Gzip(Sound);

        using var body = await ReadAsync(HttpFixture.Post(new CountingStream(packed), encoding: encoding, length: packed.Length));

        Assert.Equal(Sound, body.Bytes.ToArray());
    }

    [Fact]
    public async Task Read_LengthOverTheLimit_Is413AndTheBodyUntouched()
    {
        var stream = new CountingStream(new byte[Limit + 1]);

        using var body = await ReadAsync(HttpFixture.Post(stream, length: Limit + 1));

        Assert.Equal((Problems.TooLarge, 413), (body.Problem!.Code, body.Problem.Status));
        Assert.Equal(0, stream.BytesRead);
    }

    [Fact]
    public async Task Read_EndlessBody_StopsAtTheFirstByteTooMany()
    {
        var stream = new CountingStream(new byte[1000], endless: true);

        using var body = await ReadAsync(HttpFixture.Post(stream));

        Assert.Equal(413, body.Problem!.Status);
        Assert.True(stream.BytesRead <= Limit + 1000, $"{stream.BytesRead} bytes were read");
    }

    [Theory]
    [InlineData(Limit, null)]
    [InlineData(Limit + 1, 413)]
    public async Task Read_AtTheLimit_IsStillTaken(int length, int? status)
    {
        var bytes = Encoding.ASCII.GetBytes(new string('7', length));

        using var plain = await ReadAsync(HttpFixture.Post(new CountingStream(bytes)));
        using var packed = await ReadAsync(HttpFixture.Post(new CountingStream(HttpFixture.Gzip(bytes)), encoding: "gzip"));

        Assert.Equal(status, plain.Problem?.Status);
        Assert.Equal(status, packed.Problem?.Status);
        Assert.Equal(status is null ? length : 0, plain.Bytes.Length);
        Assert.Equal(status is null ? length : 0, packed.Bytes.Length);
    }

    [Fact]
    public async Task Read_GzipBomb_Is413()
    {
        var bomb = HttpFixture.Gzip(new byte[2_000_000], CompressionLevel.SmallestSize);
        Assert.True(bomb.Length < Limit, "the test's bomb must pass the outer limit");

        using var body = await ReadAsync(HttpFixture.Post(new CountingStream(bomb), encoding: "gzip", length: bomb.Length));

        Assert.Equal(413, body.Problem!.Status);
    }

    [Fact]
    public async Task Read_EndlessGzipThatInflatesToNothing_Is413()
    {
        var emptyMember = Convert.FromHexString("1f8b080000000000000303000000000000000000");
        var stream = new CountingStream(emptyMember, endless: true);

        using var body = await ReadAsync(HttpFixture.Post(stream, encoding: "gzip"));

        Assert.Equal(413, body.Problem!.Status);
    }

    [Fact]
    public async Task Read_GzipCutOffAnywhere_Is400()
    {
        var packed = HttpFixture.Gzip(Encoding.ASCII.GetBytes("{\"title\":\"" + new string('x', 500) + "\"}"));

        for (var length = 1; length < packed.Length; length++)
        {
            using var body = await ReadAsync(HttpFixture.Post(new CountingStream(packed[..length]), encoding: "gzip"));

            Assert.True(body.Problem?.Status == 400, $"cut at {length} of {packed.Length}: {body.Problem?.Status}");
        }
    }

    [Theory]
    [InlineData("plain text, not gzip at all")]
    [InlineData("")]
    public async Task Read_NoGzip_Is400(string text)
    {
        using var body = await ReadAsync(HttpFixture.Post(new CountingStream(Encoding.ASCII.GetBytes(text)), encoding: "gzip"));

        Assert.Equal((Problems.InvalidRequest, "bad-gzip"), (body.Problem!.Code, body.Problem.Errors[0].Reason));
    }

    [Fact]
    public async Task Read_GzipWithAFlippedBit_NeverPassesAsSomethingElse()
    {
        var plain = Encoding.ASCII.GetBytes("{\"title\":\"milk, bread and honey\"}");
        var packed = HttpFixture.Gzip(plain);

        for (var at = 10; at < packed.Length; at++)
        {
            var broken = packed.ToArray();
            broken[at] ^= 4;

            using var body = await ReadAsync(HttpFixture.Post(new CountingStream(broken), encoding: "gzip"));

            // Only the bits that fill up the last byte before the trailer mean nothing.
            var harmless = at == packed.Length - 9 && body.Bytes.Span.SequenceEqual(plain);
            Assert.True(harmless || body.Problem?.Status == 400, $"flipped at {at} of {packed.Length}: {body.Problem?.Status}");
        }
    }

    [Fact]
    public async Task Read_GzipWithMoreBehindIt_Is400()
    {
        byte[] body = [.. HttpFixture.Gzip(Sound), .. Sound];

        using var reading = await ReadAsync(HttpFixture.Post(new CountingStream(body), encoding: "gzip"));

        Assert.Equal("bad-gzip", reading.Problem!.Errors[0].Reason);
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0xFF, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xC3 })]
    [InlineData(new byte[] { 0x22, 0xED, 0xA0, 0x80, 0x22 })]
    public async Task Read_InvalidUtf8_Is400(byte[] bytes)
    {
        using var body = await ReadAsync(HttpFixture.Post(new CountingStream(bytes)));

        Assert.Equal((400, "invalid-utf8"), (body.Problem!.Status, body.Problem.Errors[0].Reason));
    }

    [Fact]
    public async Task Read_ClientGone_Cancels()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RequestBody.ReadAsync(HttpFixture.Post(new CountingStream(Sound)).Request, Limit, gone.Token));
    }

    private static Task<BodyReading> ReadAsync(Microsoft.AspNetCore.Http.HttpContext context) =>
        RequestBody.ReadAsync(context.Request, Limit, TestContext.Current.CancellationToken);
}
