using System.Text.Json;
using MyriadSync.Contracts.Values;

namespace MyriadSync.UnitTests.Contracts.Values;

public sealed class ValueGoldenTests
{
    public static IEnumerable<TheoryDataRow<string, string, string?>> Values =>
        from golden in GoldenFile.Cases("values.json")
        select new TheoryDataRow<string, string, string?>(golden.Text("wire")!, golden.Text("canonical")!, FieldsOf(golden))
        {
            TestDisplayName = golden.Text("name"),
        };

    public static IEnumerable<TheoryDataRow<string, string, string, int, int>> Refused =>
        from golden in GoldenFile.Cases("values-refused.json")
        select new TheoryDataRow<string, string, string, int, int>(
            golden.Text("wire")!, golden.Text("reason")!, golden.Text("pointer")!, golden.Number("maxDepth", 64), golden.Number("maxBytes", 256 * 1024))
        {
            TestDisplayName = golden.Text("name"),
        };

    [Theory]
    [MemberData(nameof(Values))]
    public void TryRead_GoldenValue_GivesItsCanonicalForm(string wire, string canonical, string? fields)
    {
        var read = WireDocument.TryReadValue(wire, ValueLimits.Default, out var value, out var refusal);

        Assert.True(read, refusal?.ToString());
        Assert.Equal(canonical, WireDocument.Text(value!.Json));
        Assert.Equal(fields, value.IsObject ? Join(value.Fields.Select(field => (Spell(field.Name), WireDocument.Text(field.Json)))) : null);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void TryRead_CanonicalForm_GivesItself(string wire, string canonical, string? fields)
    {
        var again = WireDocument.Value(canonical);

        Assert.Equal(canonical, WireDocument.Text(again.Json));
        Assert.Equal(WireDocument.Value(wire), again);
        Assert.Equal(fields is null, !again.IsObject);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryRead_GoldenNonValue_SaysWhyAndWhere(string wire, string reason, string at, int maxDepth, int maxBytes)
    {
        var read = WireDocument.TryReadValue(wire, new ValueLimits { MaxDepth = maxDepth, MaxBytes = maxBytes }, out _, out var refusal);

        Assert.False(read);
        Assert.Equal((reason, at), (refusal!.Reason, refusal.Pointer));
    }

    private static string? FieldsOf(JsonElement golden) => golden.GetProperty("fields") is { ValueKind: JsonValueKind.Array } fields
        ? Join(fields.EnumerateArray().Select(field => (field.Text("name")!, field.Text("json")!)))
        : null;

    private static string Join(IEnumerable<(string Name, string Json)> fields) => string.Join("\n", fields.Select(field => $"{field.Name}={field.Json}"));

    private static string Spell(string name)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        WireText.Write(name, output);
        return WireDocument.Text(output.WrittenMemory);
    }
}
