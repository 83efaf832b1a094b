using System.Net;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

/// <summary>The characters that row keys and qualifiers of MyriadSync are made of: all of them survive everywhere, unescaped.</summary>
public abstract class KeyAlphabetTests<TGateway>(SharedTable<TGateway> table) : GatewayTests<TGateway>(table)
    where TGateway : IGateway
{
    private const string Alphabet = "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~";

    [Fact]
    public async Task Key_WithEveryCharacter_IsNamedByPathQueryAndScan()
    {
        foreach (var character in Alphabet)
        {
            var key = $"{Row}{character}k{character}";
            await PutAsync((key, "d:a", 1, "1"));

            var path = await Client.GetAsync($"/{Table}/{key}");
            var multiGet = await Client.GetAsync($"/{Table}/multiget?row={key}");
            var scan = await Client.GetAsync($"/{Table}/*?startrow={key}&limit=1");
            var deleted = await Client.DeleteAsync($"/{Table}/{key}/d/1");
            var after = await Client.GetAsync($"/{Table}/{key}");

            var expected = $"{key} d:a@1=1";
            Assert.Equal([expected, expected, expected], [path.Text, multiGet.Text, scan.Text]);
            deleted.Expect(HttpStatusCode.OK);
            after.Expect(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Keys_WithEveryCharacter_ComeInByteOrder()
    {
        string[] keys = [.. Alphabet.Select(character => $"{Row}{character}")];
        await PutAsync([.. keys.Reverse().Select(key => (key, "d:a", (long?)1, "1"))]);

        var reply = await Client.GetAsync($"/{Table}/{Row}*");

        Assert.Equal(keys, reply.Rows);
    }

    [Fact]
    public async Task Qualifier_WithEveryCharacter_IsReadAndDeletedByName()
    {
        await PutAsync([.. Alphabet.Select(character => (Row, $"d:q~{(int)character:X2}{character}", (long?)1, "1"))]);

        foreach (var character in Alphabet)
        {
            var column = $"d:q~{(int)character:X2}{character}";
            var read = await ReadAsync($"/{column}");
            await DeleteAsync($"{Row}/{column}/1");

            Assert.Equal($"{column}@1=1", read);
            Assert.Equal("", await ReadAsync($"/{column}"));
        }
    }

    [Theory]
    [InlineData("%20", " ")]
    [InlineData("%2B", "+")]
    [InlineData("%C3%A9", "é")]
    [InlineData("%F0%9D%84%9E", "𝄞")]
    [InlineData("%2F", "/")]
    [InlineData("%25", "%")]
    [InlineData("%2C", ",")]
    public async Task Key_OfAJob_IsNamedByAnEscapedPath(string escaped, string character)
    {
        await PutAsync(($"{Row}{character}k", "d:a", 1, "1"));

        var reply = await Client.GetAsync($"/{Table}/{Row}{escaped}k");

        Assert.Equal($"{Row}{character}k d:a@1=1", reply.Expect(HttpStatusCode.OK).Text);
    }

    [Theory]
    [InlineData("%2B", HttpStatusCode.NotFound)]
    [InlineData("%2C", HttpStatusCode.NotFound)]
    [InlineData("%2F", HttpStatusCode.InternalServerError)]
    [InlineData("%25", HttpStatusCode.InternalServerError)]
    public async Task Key_OfAJob_CannotBeNamedInAMultiGet(string escaped, HttpStatusCode expected)
    {
        await PutAsync(($"{Row}{Uri.UnescapeDataString(escaped)}k", "d:a", 1, "1"));

        var reply = await Client.GetAsync($"/{Table}/multiget?row={Row}{escaped}k");

        reply.Expect(expected);
    }

    [Theory]
    [InlineData("+")]
    [InlineData(",")]
    [InlineData("/")]
    [InlineData("%")]
    [InlineData("|")]
    [InlineData("é𝄞")]
    public async Task Key_OfAJob_IsNamedInAMultiGetByEscapingTwice(string character)
    {
        await PutAsync(($"{Row}{character}k", "d:a", 1, "1"));

        var reply = await Client.GetAsync($"/{Table}/multiget?row={Uri.EscapeDataString(Uri.EscapeDataString($"{Row}{character}k"))}");
        var deleted = await Client.DeleteAsync($"/{Table}/{Uri.EscapeDataString($"{Row}{character}k")}/d:a/1");

        Assert.Equal($"{Row}{character}k d:a@1=1", reply.Expect(HttpStatusCode.OK).Text);
        deleted.Expect(HttpStatusCode.OK);
        Assert.Equal("", await ReadAsync(row: Uri.EscapeDataString($"{Row}{character}k")));
    }
}
