using System.Text;
using MyriadSync.Configuration.Stores;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.UnitTests.Configuration.Stores;

public class StoreFileReaderTests
{
    private const string Schema = """{"type":"object","properties":{"n":{"type":"integer"},"s":{"type":"string"},"o":{"type":"object"},"l":{"type":"array"}},"additionalProperties":false}""";

    public static TheoryData<string, string, string> Faults => new()
    {
        { "nonsense", "", "no JSON" },
        { """{"store":"s","store":"s"}""", "", "twice" },
        { "[]", "", "An object is needed" },
        { "{}", "", "store is missing" },
        { """{"store":"s","polcy":"reject"}""", "/polcy", "Allowed: $schema, store, keyPath, policy" },
        { """{"store":7}""", "/store", "not a number" },
        { """{"store":"-s"}""", "/store", "begins with a letter" },
        { """{"store":"other"}""", "/store", "allowed: s." },
        { """{"store":"s","policy":"newest"}""", "/policy", "Allowed: last-write-wins, field-merge" },
        { """{"store":"s","policy":{}}""", "/policy", "custom is missing" },
        { """{"store":"s","policy":{"custom":""}}""", "/policy/custom", "not empty" },
        { """{"store":"s","kinds":{"votes":"counter"}}""", "/kinds/votes", "JSON Pointer" },
        { """{"store":"s","kinds":{"/votes":"sum"}}""", "/kinds/~1votes", "Allowed: counter, set" },
        { """{"store":"s","kinds":{"/a":"set","/a/b":"counter"}}""", "/kinds/~1a~1b", "another kind, /a" },
        { """{"store":"s","schema":SCHEMA,"kinds":{"/x":"set"}}""", "/kinds/~1x", "no field x" },
        { """{"store":"s","schema":SCHEMA,"kinds":{"/s":"counter"}}""", "/kinds/~1s", "of type string; allowed: number or integer" },
        { """{"store":"s","schema":SCHEMA,"kinds":{"/s/t":"counter"}}""", "/kinds/~1s~1t", "s is no object" },
        { """{"store":"s","kinds":{"/n":"counter"},"mapping":{"fields":{"n":{"as":"utf8"}}}}""", "/kinds/~1n", "allowed: json, int64, double" },
        { """{"store":"s","kinds":{"/o/n":"counter"},"mapping":{"fields":{"o":{"as":"bytes"}}}}""", "/kinds/~1o~1n", "allowed: json." },
        { """{"store":"s","kinds":{"/n":"counter"},"mapping":{"fields":{"n":{"drop":true}}}}""", "/kinds/~1n", "drops the field n" },
        { """{"store":"s","kinds":{"/n":"counter"},"mapping":{"others":"drop"}}""", "/kinds/~1n", "does not store" },
        { """{"store":"s","keyPath":""}""", "/keyPath", "not empty" },
        { """{"store":"s","keyPath":[]}""", "/keyPath", "at least one" },
        { """{"store":"s","keyPath":["a","b."]}""", "/keyPath/1", "with dots between" },
        { """{"store":"s","keyPath":"id","schema":SCHEMA}""", "/keyPath", "no field id" },
        { """{"store":"s","keyPath":"id","mapping":{"fields":{"id":{"drop":true}}}}""", "/keyPath", "drops the field id" },
        { """{"store":"s","keyPath":"id","mapping":{"others":"drop"}}""", "/keyPath", "drops the field id" },
        { """{"store":"s","schema":{"typ":"object"}}""", "/schema/typ", "not carried out" },
        { """{"store":"s","schema":{"properties":{"d":{"format":"date"}}}}""", "/schema/properties/d/format", "not carried out" },
        { """{"store":"s","mapping":{"field":{}}}""", "/mapping/field", "Allowed: fields, constants, others" },
        { """{"store":"s","mapping":{"others":"keep"}}""", "/mapping/others", "Allowed: json, drop, reject" },
        { """{"store":"s","mapping":{"fields":{"n":{"as":"int32"}}}}""", "/mapping/fields/n/as", "Allowed: json, utf8, int64, double, boolean, bytes" },
        { """{"store":"s","mapping":{"fields":{"n":{"typ":"int64"}}}}""", "/mapping/fields/n/typ", "Allowed: column, as, default, drop, onBadCell" },
        { """{"store":"s","mapping":{"fields":{"n":{"drop":true,"as":"json"}}}}""", "/mapping/fields/n/as", "dropped has no as" },
        { """{"store":"s","mapping":{"fields":{"n":{"drop":"yes"}}}}""", "/mapping/fields/n/drop", "true or false" },
        { """{"store":"s","mapping":{"fields":{"n":{"onBadCell":"skip"}}}}""", "/mapping/fields/n/onBadCell", "Allowed: default, poison" },
        { """{"store":"s","mapping":{"fields":{"n":{"column":"name"}}}}""", "/mapping/fields/n/column", "a family and a qualifier" },
        { """{"store":"s","mapping":{"fields":{"n":{"column":"d:name\n"}}}}""", "/mapping/fields/n/column", "a family and a qualifier" },
        { """{"store":"s","mapping":{"fields":{"n":{"column":"m:rev"}}}}""", "/mapping/fields/n/column", "the sync's own" },
        { """{"store":"s","mapping":{"fields":{"a":{"column":"d:x"},"b":{"column":"d:x"}},"others":"drop"}}""", "/mapping/fields/b", "taken already, by field a" },
        { """{"store":"s","mapping":{"fields":{"a":{"column":"d:x"}},"constants":{"d:x":"1"},"others":"drop"}}""", "/mapping/constants/d:x", "taken already, by field a" },
        { """{"store":"s","mapping":{"fields":{"a":{"column":"d:b"}}}}""", "/mapping/fields", "where a field b would be stored" },
        { """{"store":"s","mapping":{"constants":{"d:type":7},"others":"drop"}}""", "/mapping/constants/d:type", "A text is needed" },
        { """{"store":"s","mapping":{"constants":{"type":"x"},"others":"drop"}}""", "/mapping/constants/type", "a family and a qualifier" },
        { """{"store":"s","schema":SCHEMA,"mapping":{"fields":{"x":{}}}}""", "/mapping/fields/x", "no field x" },
        { """{"store":"s","schema":SCHEMA,"mapping":{"fields":{"s":{"as":"int64"}}}}""", "/mapping/fields/s/as", "of type string; int64 stores number or integer" },
        { """{"store":"s","schema":SCHEMA,"mapping":{"fields":{"n":{"default":"x"}}}}""", "/mapping/fields/n/default", "against the schema" },
        { """{"store":"s","mapping":{"fields":{"n":{"as":"int64","default":1.5}}}}""", "/mapping/fields/n/default", "no value that int64 stores" },
        { """{"store":"s","mapping":{"fields":{"n":{"as":"int64","default":9007199254740992}}}}""", "/mapping/fields/n/default", "no value that int64 stores" },
        { """{"store":"s","mapping":{"fields":{"s":{"as":"utf8","default":"\ud800"}}}}""", "/mapping/fields/s/default", "no value that utf8 stores" },
        { """{"store":"s","mapping":{"fields":{"n":{"default":{"$nope":1}}}}}""", "/mapping/fields/n/default/$nope", "no value that a record may have" },
        { """{"store":"s","transformer":"t"}""", "/transformer", "needs a mapping" },
        { """{"store":"s","transformer":"t","mapping":{"others":"json"}}""", "/mapping/others", "Allowed: drop, reject" },
        { """{"store":"s","migrations":[{"to":1,"steps":[{"add":"/a"}]}]}""", "/migrations/0/to", "from 2" },
        { """{"store":"s","migrations":[{"to":3,"steps":[{"add":"/a"}]},{"to":3,"steps":[{"add":"/b"}]}]}""", "/migrations/1/to", "higher than that of the migration before" },
        { """{"store":"s","migrations":[{"to":2}]}""", "/migrations/0", "steps is missing" },
        { """{"store":"s","migrations":[{"to":2,"steps":[{"remove":"/a"}]}]}""", "/migrations/0/steps/0", "one of rename, add, drop, convert and code" },
        { """{"store":"s","migrations":[{"to":2,"steps":[{"rename":"/a"}]}]}""", "/migrations/0/steps/0", "to is missing" },
        { """{"store":"s","migrations":[{"to":2,"steps":[{"add":"a"}]}]}""", "/migrations/0/steps/0/add", "JSON Pointer" },
        { """{"store":"s","migrations":[{"to":2,"steps":[{"drop":"/a"}]}]}""", "/migrations/0/steps/0", "as lower, or that the migration is irreversible" },
        { """{"store":"s","migrations":[{"to":2,"steps":[{"convert":"/a"}]}]}""", "/migrations/0/steps/0", "has values" },
        { """{"store":"s","migrations":[{"to":2,"steps":[{"convert":"/a","as":"date"}]}]}""", "/migrations/0/steps/0/as", "Allowed: text, number" },
        { """{"store":"s","migrations":[{"to":2,"steps":[{"convert":"/a","values":[[1]]}]}]}""", "/migrations/0/steps/0/values/0", "A pair" },
        { """{"store":"s","migrations":[{"to":2,"steps":[{"convert":"/a","values":[[1,2],[3,2]]}]}]}""", "/migrations/0/steps/0/values/1", "once on its side" },
        { """{"store":"s","mapping":{},"table":"t"}""", "/table", "An object is needed" },
        { """{"store":"s","table":{"name":"t","key":"utf8","dataset":"d","sync":{"family":"f"}}}""", "/table", "needs a mapping" },
        { """{"store":"s","mapping":{},"table":{"key":"utf8","dataset":"d","sync":{"family":"f"}}}""", "/table", "name is missing" },
        { """{"store":"s","mapping":{},"table":{"name":"t","dataset":"d","sync":{"family":"f"}}}""", "/table", "key is missing" },
        { """{"store":"s","mapping":{},"table":{"name":"t","key":"utf8","dataset":"d"}}""", "/table", "sync is missing" },
        { """{"store":"s","mapping":{},"table":{"name":"t","key":"utf8","sync":{"family":"f"}}}""", "/table", "dataset is missing" },
        { """{"store":"s","mapping":{"others":"json"},"table":{"name":"t","key":"utf8","dataset":"d","sync":{"family":"f"}}}""", "/mapping/others", "are not ours. Allowed: drop, reject" },
        { TableFile("\"name\":\"a b\""), "/table/name", "shop:orders" },
        { TableFile("\"name\":\"t\\n\""), "/table/name", "shop:orders" },
        { TableFile("\"key\":\"hash\""), "/table/key", "Allowed: utf8, int64, int64-ordered, and a template" },
        { TableFile("\"key\":\"{a}{b}\""), "/table/key", "Behind the field a a separator" },
        { TableFile("\"key\":\"{a}|{a}\""), "/table/key", "a stands here twice" },
        { TableFile("\"key\":\"{a|b}\""), "/table/key", "stands in braces" },
        { TableFile("\"key\":\"{a}|{dataset}\""), "/table/key", "dataset comes first" },
        { TableFile("\"key\":\"{dataset}\""), "/table/key", "dataset comes first" },
        { TableFile("\"key\":\"{dataset}|{a}\""), "/table/dataset", "name the dataset already" },
        { TableFile("\"key\":\"{a}|{b}\"", "\"keyPath\":[\"a\",\"c\"]"), "/table/key", "those of the key path: a, c" },
        { TableFile("\"key\":\"{a}\"", "\"keyPath\":[\"a\"]"), "/table/key", "array of one path" },
        { TableFile("\"key\":\"utf8\"", "\"keyPath\":[\"a\",\"b\"]"), "/table/key", "compound" },
        { TableFile("\"key\":\"{k.x}\"", "\"keyPath\":\"k.x\""), "/keyPath", "k needs a column" },
        { TableFile("\"dataset\":\"a b\""), "/table/dataset", "begins with a letter" },
        { TableFile("\"sync\":{}"), "/table/sync", "Either family or table" },
        { TableFile("\"sync\":{\"family\":\"f\",\"table\":\"t\"}"), "/table/sync", "Either family or table" },
        { TableFile("\"sync\":{\"family\":\"a:b\"}"), "/table/sync/family", "A-Z a-z 0-9 _" },
        { TableFile("\"sync\":{\"family\":\"f\\n\"}"), "/table/sync/family", "A-Z a-z 0-9 _" },
        { TableFile("\"sync\":{\"family\":\"cf\"}"), "/table/sync/family", "has the column cf:n in it" },
        { TableFile("\"sync\":{\"table\":\"t\"}"), "/table/sync/table", "the table itself" },
        { TableFile("\"sync\":{\"table\":\"u\",\"add\":true}"), "/table/sync/add", "always made" },
        { """{"store":"s","access":{"reed":[]}}""", "/access/reed", "Allowed: read, write" },
        { """{"store":"s","access":{"read":"staff"}}""", "/access/read", "An array is needed" },
        { """{"store":"s","access":{"write":["a b"]}}""", "/access/write/0", "no spaces" },
        { """{"store":"s","access":{"write":["a","a"]}}""", "/access/write/1", "twice" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Read_Fault_IsNamedWithItsPlaceAndWhatIsAllowed(string json, string pointer, string detail)
    {
        var (_, faults) = Read(json);

        var fault = Assert.Single(faults, fault => fault.Pointer == pointer);
        Assert.Equal("s.json", fault.File);
        Assert.Contains(detail, fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralFaults_TellsAllOfThem()
    {
        var (_, faults) = Read("""{"store":"t","policy":"x","kinds":{"v":"counter"},"mapping":{"others":1},"access":{"read":[1]}}""");

        Assert.Equal(["/store", "/policy", "/mapping/others", "/kinds/v", "/access/read/0"], faults.Select(fault => fault.Pointer));
    }

    [Fact]
    public void Read_WholeFile_SaysEverything()
    {
        var (store, faults) = Read("""
            { "store": "s", "keyPath": ["owner.id", "n"], "policy": { "custom": "mine" }, "kinds": { "/n": "counter", "/o/tags": "set" }, "transformer": "legacy",
              "mapping": { "fields": { "n": { "column": "x:n", "as": "int64", "default": 0, "onBadCell": "poison" }, "gone": { "drop": true }, "s": { "as": "utf8" } },
                           "constants": { "x:type": "thing" }, "others": "drop" },
              "access": { "read": ["staff", "audit"], "write": [] } }
            """);

        Assert.Empty(faults);
        Assert.Null(store!.Schema);
        Assert.Equal(["owner.id", "n"], store.KeyPath!.Paths);
        Assert.True(store.KeyPath.IsCompound);
        Assert.Equal((ConflictPolicy.Custom, "mine", "legacy"), (store.Policy, store.Resolver, store.Mapping.Transformer));
        Assert.Equal(FieldKind.Set, store.Kinds["/o/tags"]);
        Assert.Equal(("x:n", CellEncoding.Int64, BadCell.Poison), (store.Mapping.Fields["n"].Column, store.Mapping.Fields["n"].Encoding, store.Mapping.Fields["n"].OnBadCell));
        Assert.Equal("0"u8, store.Mapping.Fields["n"].Default!.Value.Span);
        Assert.Null(store.Mapping.Fields["gone"].Column);
        Assert.Equal("d:s", store.Mapping.Fields["s"].Column);
        Assert.Equal("thing"u8, store.Mapping.Constants["x:type"].Span);
        Assert.True(store.Access.MayRead(["read", "audit"]));
        Assert.False(store.Access.MayWrite(["staff", "write"]));
    }

    [Fact]
    public void Read_TableThatIsThere_SaysWhereRecordsLie()
    {
        var (store, faults) = Read(TableFile("\"key\":\"{b}|{a:int}\"", "\"keyPath\":[\"a\",\"b\"]"));

        Assert.Empty(faults);
        Assert.Equal(("t", "d", "f", false, null), (store!.Table!.Name, store.Table.Dataset, store.Table.SyncFamily, store.Table.MayAddFamily, store.Table.SyncTable));
        Assert.True(store.Table.Keys.TryDecode("x|7", out _, out var key));
        Assert.True(store.Table.Keys.TryEncode("d", key, out var row, out _));
        Assert.Equal("x|7", row);
        Assert.Equal(OtherFields.Reject, store.Mapping.Others);
    }

    [Fact]
    public void Read_KeyPathWithoutColumns_LiesInTheRowKey()
    {
        var (store, faults) = Read(TableFile("\"key\":\"{b}|{id:int}\"", "\"keyPath\":[\"id\",\"b\"]"));
        var (single, _) = Read(TableFile("\"key\":\"utf8\"", "\"keyPath\":\"id\""));

        Assert.Empty(faults);
        Assert.Equal([KeyValuePair.Create("id", 0)], store!.Mapping.KeyFields);
        Assert.Equal([KeyValuePair.Create("id", -1)], single!.Mapping.KeyFields);
    }

    /// <summary>A sound file with some members of <c>table</c>, and of the file, in place of others.</summary>
    private static string TableFile(string table, string? member = null)
    {
        string[] sound = ["\"name\":\"t\"", "\"key\":\"utf8\"", "\"dataset\":\"d\"", "\"sync\":{\"family\":\"f\"}"];
        var members = sound.Where(part => part.Split(':')[0] != table.Split(':')[0]).Append(table);
        const string Mapping = """ "mapping":{"fields":{"n":{"column":"cf:n"},"a":{"column":"cf:a"},"b":{"column":"cf:b"},"c":{"column":"cf:c"}}} """;
        return "{\"store\":\"s\"," + (member is null ? "" : member + ",") + Mapping + ",\"table\":{" + string.Join(',', members) + "}}";
    }

    private static (StoreDefinition? Store, IReadOnlyList<StoreFault> Faults) Read(string json) =>
        StoreFileReader.Read("s.json", Encoding.UTF8.GetBytes(json.Replace("SCHEMA", Schema, StringComparison.Ordinal)));
}
