using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace MyriadSync.IntegrationTests.Http;

[Collection<HttpApi>]
public sealed class BodySizeTests(StackFixture fixture)
{
    private const int Limit = 1024 * 1024;

    [Theory]
    [InlineData("Content-Length: 1048577")]
    [InlineData("Content-Length: 1099511627776")]
    [InlineData("Content-Length: 1099511627776", "Content-Encoding: gzip")]
    [InlineData("Content-Length: 1099511627776", "Expect: 100-continue")]
    public async Task Push_LengthOverTheLimit_IsRefusedWithoutTheBody(params string[] headers)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        using var connection = await RawConnection.OpenAsync(fixture.Stack);

        await connection.PostHeadAsync(dataset.Client.Dataset, headers);
        var status = await connection.ReadStatusAsync();

        Assert.Equal(413, status);
        await dataset.AssertGoesOnAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Push_ChunksOverTheLimit_IsRefusedBeforeTheirEnd(bool gzip)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        using var connection = await RawConnection.OpenAsync(fixture.Stack);
        var chunk = RandomNumberGenerator.GetBytes(Limit / 16);

        await connection.PostHeadAsync(dataset.Client.Dataset, "Transfer-Encoding: chunked", gzip ? "Content-Encoding: gzip" : "X-Plain: 1");
        for (var i = 0; i < 16; i++)
            await connection.SendChunkAsync(chunk);
        await connection.SendChunkAsync([0]);
        var status = await connection.ReadStatusAsync();

        Assert.Equal(413, status);
        await dataset.AssertGoesOnAsync();
    }

    [Theory]
    [InlineData(0, "applied")]
    [InlineData(1, "too-large")]
    public async Task Push_BodyAtTheLimit_GoesInAndOneByteMoreDoesNot(int more, string expected)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var body = dataset.SoundBatch().ToJsonString().PadRight(Limit + more);

        using var answer = await dataset.PostAsync(body);

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected == "applied" ? 200 : 413, (int)answer.StatusCode);
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Limit + 1)]
    [InlineData(256 * 1024 * 1024)]
    public async Task Push_GzipBomb_IsRefused(int inflated)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var bomb = Bomb(dataset.SoundBatch().ToJsonString(), inflated);

        using var answer = await dataset.PostAsync(bomb, contentEncoding: "gzip");

        Assert.InRange(bomb.Length, 1, Limit / 2);
        (await ProblemAnswer.ReadAsync(answer)).Is(413, "too-large");
        await dataset.AssertGoesOnAsync();
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("plain")]
    [InlineData("header-only")]
    [InlineData("cut-off")]
    [InlineData("without-trailer")]
    [InlineData("flipped")]
    [InlineData("wrong-checksum")]
    [InlineData("wrong-length")]
    [InlineData("with-a-tail")]
    [InlineData("two-members")]
    public async Task Push_BrokenGzip_IsRefused(string fault)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var json = dataset.SoundBatch().ToJsonString();
        var sound = Gzip(Encoding.UTF8.GetBytes(json));
        var broken = fault switch
        {
            "empty" => [],
            "plain" => Encoding.UTF8.GetBytes(json),
            "header-only" => sound[..10],
            "cut-off" => sound[..(sound.Length / 2)],
            "without-trailer" => sound[..^8],
            "flipped" => Flipped(sound, sound.Length / 2),
            "wrong-checksum" => Flipped(sound, sound.Length - 8),
            "wrong-length" => Flipped(sound, sound.Length - 1),
            "with-a-tail" => [.. sound, 1, 2, 3],
            "two-members" => [.. Gzip(Encoding.UTF8.GetBytes(json[..20])), .. Gzip(Encoding.UTF8.GetBytes(json[20..]))],
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };

        using var answer = await dataset.PostAsync(broken, contentEncoding: "gzip");

        (await ProblemAnswer.ReadAsync(answer)).Is(400, "invalid-request").Names("", "bad-gzip");
        await dataset.AssertGoesOnAsync();
    }

    private static byte[] Flipped(byte[] bytes, int place) => [.. bytes[..place], (byte)(bytes[place] ^ 0xff), .. bytes[(place + 1)..]];

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>A sound batch and white space after it, so that nothing but its size is wrong with it.</summary>
    private static byte[] Bomb(string json, int inflated)
    {
        var space = Enumerable.Repeat((byte)' ', 64 * 1024).ToArray();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(Encoding.UTF8.GetBytes(json));
            for (var left = inflated - json.Length; left > 0; left -= space.Length)
                gzip.Write(space, 0, Math.Min(left, space.Length));
        }

        return packed.ToArray();
    }
}
