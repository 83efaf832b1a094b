using System.Globalization;
using System.Text;

namespace MyriadSync.MyriadEmulator.Store;

/// <summary>A column family with its attributes, as text, in the order in which the gateway lists them.</summary>
internal sealed class FamilySchema
{
    /// <summary>The attribute that lets delete markers outlive major compactions, in milliseconds.</summary>
    public const string PurgeDeletesAttribute = "hbase.hstore.time.to.purge.deletes";

    private static readonly (string Name, string Value)[] Defaults =
    [
        ("INDEX_BLOCK_ENCODING", "NONE"), ("VERSIONS", "1"), ("KEEP_DELETED_CELLS", "FALSE"), ("DATA_BLOCK_ENCODING", "NONE"),
        ("TTL", "2147483647"), ("MIN_VERSIONS", "0"), ("REPLICATION_SCOPE", "0"), ("BLOOMFILTER", "ROW"),
        ("IN_MEMORY", "false"), ("COMPRESSION", "NONE"), ("BLOCKCACHE", "true"), ("BLOCKSIZE", "65536"),
    ];

    private const int CustomAttributesFrom = 8;

    /// <summary>Attributes that are not given get HBase's defaults, also where the family had others before.</summary>
    public FamilySchema(string name, IReadOnlyList<KeyValuePair<string, string>> given)
    {
        Name = name;
        NameUtf8 = Encoding.UTF8.GetBytes(name);
        Given = given;
        var attributes = new List<KeyValuePair<string, string>>();
        foreach (var (attribute, value) in Defaults)
            attributes.Add(new(attribute, Find(given, attribute) ?? value));
        attributes.InsertRange(CustomAttributesFrom, given.Where(pair => !Array.Exists(Defaults, known => known.Name == pair.Key)));
        Attributes = attributes;
        Versions = int.Parse(Find(attributes, "VERSIONS")!, CultureInfo.InvariantCulture);
        TimeToLiveSeconds = int.Parse(Find(attributes, "TTL")!, CultureInfo.InvariantCulture);
        PurgeDeletesAfterMs = long.Parse(Find(attributes, PurgeDeletesAttribute) ?? "0", CultureInfo.InvariantCulture);
    }

    public string Name { get; }

    public byte[] NameUtf8 { get; }

    /// <summary>What was sent when the family was made or last altered: what is stored.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Given { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; }

    public int Versions { get; }

    /// <summary><see cref="int.MaxValue"/> means for ever.</summary>
    public int TimeToLiveSeconds { get; }

    public long PurgeDeletesAfterMs { get; }

    private static string? Find(IEnumerable<KeyValuePair<string, string>> attributes, string name) =>
        attributes.Where(pair => pair.Key == name).Select(pair => pair.Value).LastOrDefault();
}
