using System.Text;
using System.Text.Json;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform.Schema;

namespace MyriadSync.UnitTests.Pipeline.Transform.Schema;

public class SchemaCompilerTests
{
    private const string Date = """{"$ref":"./store.schema.json#/$defs/date"}""";

    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", null)]
    [InlineData("""{"type":"string"}""", "1", "")]
    [InlineData("""{"type":["string","null"]}""", "null", null)]
    [InlineData("""{"type":"integer"}""", "1.5", "")]
    [InlineData("""{"type":"integer"}""", "1e3", null)]
    [InlineData("""{"type":"number"}""", "-0", null)]
    [InlineData("""{"type":"number"}""", """{"$number":"NaN"}""", "")]
    [InlineData("""{"type":"object"}""", """{"$date":1}""", "")]
    [InlineData("""{"type":"object"}""", """{"a":1}""", null)]
    [InlineData("{}", """{"$date":1}""", null)]
    [InlineData("true", "[1]", null)]
    [InlineData("false", "[1]", "")]
    [InlineData("""{"enum":["a",{"b":1,"a":2}]}""", """{"a":2,"b":1}""", null)]
    [InlineData("""{"enum":["a"]}""", "\"b\"", "")]
    [InlineData("""{"const":1.0}""", "1", null)]
    [InlineData("""{"const":1}""", "2", "")]
    [InlineData("""{"required":["a","c"]}""", """{"a":1,"b":1}""", "")]
    [InlineData("""{"required":["a","c"]}""", """{"c":1,"b":1,"a":1}""", null)]
    [InlineData("""{"properties":{"b":{"type":"string"}}}""", """{"a":1,"b":2,"c":3}""", "/b")]
    [InlineData("""{"properties":{"a/b":{"properties":{"c~":{"type":"string"}}}}}""", """{"a/b":{"c~":2}}""", "/a~1b/c~0")]
    [InlineData("""{"properties":{"b":true},"additionalProperties":false}""", """{"b":1,"z":2}""", "/z")]
    [InlineData("""{"properties":{"b":true},"additionalProperties":{"type":"string"}}""", """{"a":2,"b":1}""", "/a")]
    [InlineData("""{"properties":{"b":true},"required":["q"],"additionalProperties":{"type":"string"}}""", """{"q":2}""", "/q")]
    [InlineData("""{"minProperties":2}""", """{"a":1}""", "")]
    [InlineData("""{"maxProperties":1}""", """{"a":1,"b":[{}]}""", "")]
    [InlineData("""{"items":{"type":"string"}}""", """["a",[1]]""", "/1")]
    [InlineData("""{"prefixItems":[{"type":"number"}],"items":{"type":"string"}}""", """[1,"a"]""", null)]
    [InlineData("""{"prefixItems":[{"type":"number"}],"items":{"type":"string"}}""", """["a"]""", "/0")]
    [InlineData("""{"minItems":1}""", "[]", "")]
    [InlineData("""{"maxItems":1}""", "[1,2]", "")]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":2},{"b":2,"a":1}]""", "/1")]
    [InlineData("""{"uniqueItems":true}""", """[1,"1",[1]]""", null)]
    [InlineData("""{"minimum":2}""", "1", "")]
    [InlineData("""{"minimum":2,"maximum":2}""", "2", null)]
    [InlineData("""{"maximum":2}""", "2.1", "")]
    [InlineData("""{"exclusiveMinimum":2}""", "2", "")]
    [InlineData("""{"exclusiveMaximum":2}""", "2", "")]
    [InlineData("""{"multipleOf":0.1}""", "0.3", null)]
    [InlineData("""{"multipleOf":0.1}""", "0.35", "")]
    [InlineData("""{"multipleOf":1e30}""", "1", "")]
    [InlineData("""{"multipleOf":1}""", "1e-30", "")]
    [InlineData("""{"minLength":2}""", "\"😀\"", "")]
    [InlineData("""{"maxLength":1}""", "\"😀\"", null)]
    [InlineData("""{"maxLength":1}""", "\"ab\"", "")]
    [InlineData("""{"maxLength":1}""", "\"\\ud800\"", null)]
    [InlineData("""{"pattern":"^[a-c]+$"}""", "\"abcd\"", "")]
    [InlineData("""{"pattern":"b"}""", "\"abc\"", null)]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", "3", "")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":3}]}""", "2", "")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":3}]}""", "3", null)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "2", "")]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "1", null)]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", "")]
    [InlineData("""{"$defs":{"n":{"items":{"$ref":"#/$defs/n"},"type":"array"}},"$ref":"#/$defs/n"}""", "[[[]],[1]]", "/1/0")]
    [InlineData("""{"$defs":{"n":{"type":"number"}},"$ref":"#/$defs/n","minimum":5}""", "4", "")]
    [InlineData("""{"$defs":{"n":{"type":"number"}},"allOf":[{"$ref":"#/$defs/n"},{"anyOf":[{"$ref":"#/$defs/n"}]}]}""", "\"4\"", "")]
    [InlineData(Date, """{"$date":5}""", null)]
    [InlineData(Date, """{"date":5}""", "")]
    [InlineData(Date, "5", "")]
    [InlineData("""{"$ref":"./store.schema.json#/$defs/number"}""", "5", null)]
    [InlineData("""{"properties":{"$set":{"items":{"type":"string"}}},"required":["$set"]}""", """{"$set":["a",1]}""", "/$set/1")]
    public void Check_Value_IsJudgedAsTheSchemaSays(string schema, string value, string? wrongAt)
    {
        var faults = new List<string>();
        var compiled = Compile(schema, faults);

        var refusal = compiled.Check(Canonical(value));

        Assert.Empty(faults);
        Assert.Equal(wrongAt, refusal?.Pointer);
        Assert.Equal(wrongAt is null ? null : "schema", refusal?.Reason);
    }

    [Theory]
    [InlineData("7", "")]
    [InlineData("""{"properties":{"a":7}}""", "/properties/a")]
    [InlineData("""{"properties":[]}""", "/properties")]
    [InlineData("""{"type":"text"}""", "/type")]
    [InlineData("""{"enum":[]}""", "/enum")]
    [InlineData("""{"const":{"$nope":1}}""", "/const/$nope")]
    [InlineData("""{"required":[1]}""", "/required")]
    [InlineData("""{"required":["a"],"additionalProperties":false}""", "/required")]
    [InlineData("""{"minLength":-1}""", "/minLength")]
    [InlineData("""{"maxItems":1.5}""", "/maxItems")]
    [InlineData("""{"minimum":"1"}""", "/minimum")]
    [InlineData("""{"multipleOf":0}""", "/multipleOf")]
    [InlineData("""{"uniqueItems":1}""", "/uniqueItems")]
    [InlineData("""{"pattern":"("}""", "/pattern")]
    [InlineData("""{"pattern":"(?=a)"}""", "/pattern")]
    [InlineData("""{"anyOf":[]}""", "/anyOf")]
    [InlineData("""{"$ref":"#/$defs/x"}""", "/$ref")]
    [InlineData("""{"$ref":"https://example.org/x"}""", "/$ref")]
    [InlineData("""{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}""", "/$defs/a/$ref")]
    [InlineData("""{"$defs":{"a":{"$ref":"#/$defs/a","minLength":1}}}""", "/$defs/a/$ref")]
    [InlineData("""{"$defs":{"a":{"anyOf":[{"type":"string"},{"$ref":"#/$defs/a"}]}}}""", "/$defs/a/anyOf/1/$ref")]
    [InlineData("""{"$defs":{"a":{"not":{"$ref":"#/$defs/b"}},"b":{"allOf":[{"oneOf":[{"$ref":"#/$defs/a"}]}]}}}""", "/$defs/a/not/$ref")]
    [InlineData("""{"items":{"$defs":{}}}""", "/items/$defs")]
    [InlineData("""{"if":true}""", "/if")]
    public void Compile_FaultySchema_NamesThePlace(string schema, string pointer)
    {
        var faults = new List<string>();

        Compile(schema, faults);

        Assert.Contains(pointer, faults);
    }

    private static CompiledSchema Compile(string schema, List<string> faults)
    {
        using var document = JsonDocument.Parse(schema);
        return new SchemaCompiler((pointer, _) => faults.Add(pointer)).Compile(document.RootElement);
    }

    private static byte[] Canonical(string json) =>
        CanonicalJson.TryRead(Encoding.UTF8.GetBytes(json), ValueLimits.Default, out var canonical, out var refusal) ? canonical : throw new ArgumentException(refusal.Reason, nameof(json));
}
