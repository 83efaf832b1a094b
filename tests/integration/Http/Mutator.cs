using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.Http;

/// <summary>Spoils batches: their bytes, or what their JSON says. The same seed spoils in the same way.</summary>
internal sealed class Mutator(int seed)
{
    /// <summary>Stands for <c>\ud800</c>, which <see cref="JsonNode"/> cannot write.</summary>
    private const string LoneSurrogate = "@lone";

    private static readonly string[] Scraps =
    [
        "null", "true", "0", "-0", "-1", "1.5", "1e999", "1e-999", "9007199254740993", "18446744073709551616", "\"\"", $"\"{LoneSurrogate}\"", "\"\\u0000\"", "\"~\"", "[]", "{}", "[[]]",
        """{"$date":0}""", """{"$date":8.64e15}""", """{"$date":"x"}""", """{"$binary":"AQI="}""", """{"$bigint":"-1"}""", """{"$number":"NaN"}""", """{"$number":"-0"}""",
        """{"$map":[[1,2]]}""", """{"$set":[1,1]}""", """{"$undefined":true}""", """{"$object":{"$x":1}}""", """{"$x":1}""", """{"":""}""", """{"~":{"/":0}}""", """{"__proto__":1}""",
        """{"/a":1}""", """{"/a/b":[1]}""", """["/a"]""", """{"":1}""", """{"/$x":{"$bigint":"1"}}""",
    ];

    private static readonly string[] AddressScraps =
        ["/", "//", "/../", "/./", "?", "&", "=", "%", "%2F", "%00", "%0D%0A", "%C3%28", "%ED%A0%80", "~", "|", "'", "\"", "%22", "%5B", "%7B%22$date%22:0%7D", "&limit=2", "&wait=0", "&stores=notes", "&since=", "&page="];

    private static readonly string[] Names =
        ["seq", "store", "key", "op", "value", "base", "at", "set", "unset", "inc", "add", "remove", "schemaVersion", "clientId", "batchId", "epoch", "atomic", "changes", "", "$date", "x"];

    /// <summary>Seed of the run: <c>MYRIADSYNC_SEED</c>, or always the same.</summary>
    public static int Seed { get; } = Number("MYRIADSYNC_SEED", 20_260_101);

    /// <summary>Cases of the run: <c>MYRIADSYNC_CASES</c>, or 300.</summary>
    public static int Cases { get; } = Number("MYRIADSYNC_CASES", 300);

    private readonly Random _random = new(seed);

    /// <summary>A body that comes of the batch by one to four mutations.</summary>
    public byte[] Spoil(JsonObject batch)
    {
        var tree = (JsonNode)batch.DeepClone();
        for (var times = _random.Next(0, 4); times > 0; times--)
            SpoilTree(tree);
        var bytes = Encoding.UTF8.GetBytes(tree.ToJsonString().Replace(LoneSurrogate, "\\ud800", StringComparison.Ordinal));
        for (var times = _random.Next(3) == 0 ? _random.Next(1, 4) : 0; times > 0; times--)
            bytes = SpoilBytes(bytes);
        return bytes;
    }

    /// <summary>An address that comes of this one by one to three mutations; sound as an address, whatever it says.</summary>
    public string SpoilAddress(string address)
    {
        for (var times = _random.Next(1, 4); times > 0; times--)
        {
            var from = _random.Next(address.Length + 1);
            var to = Math.Min(address.Length, from + _random.Next(1, 6));
            address = _random.Next(5) switch
            {
                0 => address[..from] + address[to..],
                1 => address[..to] + address[from..],
                2 => address[..from] + AddressScraps[_random.Next(AddressScraps.Length)] + address[from..],
                3 => address[..from] + $"%{_random.Next(256):X2}" + address[to..],
                _ => address[..from] + $"{_random.Next(-2, 100_000)}" + address[to..],
            };
        }

        return address;
    }

    private void SpoilTree(JsonNode root)
    {
        var places = Places(root).ToList();
        var (parent, name, index) = places[_random.Next(places.Count)];
        var scrap = JsonNode.Parse(Scraps[_random.Next(Scraps.Length)]);
        switch (parent, _random.Next(4))
        {
            case (JsonObject members, 0):
                members.Remove(name!);
                break;
            case (JsonObject members, 1):
                members[Names[_random.Next(Names.Length)]] = scrap;
                break;
            case (JsonObject members, 2) when members.Count > 0:
                members[Names[_random.Next(Names.Length)]] = members.ElementAt(_random.Next(members.Count)).Value?.DeepClone();
                break;
            case (JsonObject members, _):
                members[name!] = scrap;
                break;
            case (JsonArray items, 0):
                items.RemoveAt(index);
                break;
            case (JsonArray items, 1):
                items.Insert(index, scrap);
                break;
            case (JsonArray items, 2):
                items.Add(items[index]?.DeepClone());
                break;
            case (JsonArray items, _):
                items[index] = scrap;
                break;
        }
    }

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Places(member.Value).Prepend((members, member.Key, 0))),
        JsonArray items => items.SelectMany((item, index) => Places(item).Prepend((items, null, index))),
        _ => [],
    };

    private byte[] SpoilBytes(byte[] bytes)
    {
        var from = _random.Next(bytes.Length);
        var to = Math.Min(bytes.Length, from + _random.Next(1, 20));
        return _random.Next(6) switch
        {
            0 => [.. bytes[..from], (byte)_random.Next(256), .. bytes[(from + 1)..]],
            1 => [.. bytes[..from], (byte)(bytes[from] ^ (1 << _random.Next(8))), .. bytes[(from + 1)..]],
            2 => [.. bytes[..from], .. bytes[to..], .. " "u8],
            3 => [.. bytes[..to], .. bytes[from..]],
            4 => [.. bytes[..from], .. " "u8],
            _ => [.. bytes[..from], .. Encoding.ASCII.GetBytes(_random.Next(-100, 100).ToString(CultureInfo.InvariantCulture)), .. bytes[from..]],
        };
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
