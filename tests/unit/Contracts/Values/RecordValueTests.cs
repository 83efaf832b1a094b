using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.UnitTests.Contracts.Values;

public sealed class RecordValueTests
{
    [Fact]
    public void Empty_Always_IsAnObjectWithoutFields()
    {
        Assert.True(RecordValue.Empty.IsObject);
        Assert.Empty(RecordValue.Empty.Fields);
        Assert.Equal(WireDocument.Value("{}"), RecordValue.Empty);
        Assert.Equal(2, RecordValue.Empty.Size);
    }

    [Fact]
    public void With_DollarName_WrapsAndWithoutUnwraps()
    {
        var value = WireDocument.Value("""{"a":1}""");

        var wrapped = value.With("$b", "2"u8.ToArray());

        Assert.Equal("""{"$object":{"$b":2,"a":1}}""", WireDocument.Text(wrapped.Json));
        Assert.Equal(value, wrapped.Without("$b"));
        Assert.True(wrapped.TryGetField("$b", out var json));
        Assert.Equal("2", WireDocument.Text(json));
    }

    [Fact]
    public void With_FieldThatIsThere_ReplacesIt()
    {
        var value = WireDocument.Value("""{"a":1,"b":2}""");

        Assert.Equal("""{"a":1,"b":3}""", WireDocument.Text(value.With("b", "3"u8.ToArray()).Json));
        Assert.Equal("""{"a":1,"b":2}""", WireDocument.Text(value.Json));
    }

    [Fact]
    public void Without_FieldThatIsMissing_IsTheSameInstance()
    {
        var value = WireDocument.Value("""{"a":1}""");

        Assert.Same(value, value.Without("b"));
        Assert.Same(RecordValue.Empty, value.Without("a"));
    }

    [Fact]
    public void FromRoot_Value_HasNoFields()
    {
        var value = RecordValue.FromRoot("[1]"u8.ToArray());

        Assert.False(value.IsObject);
        Assert.Empty(value.Fields);
        Assert.False(value.TryGetField("0", out _));
        Assert.Equal(WireDocument.Value("[1]"), value);
        Assert.Throws<InvalidOperationException>(() => value.With("a", "1"u8.ToArray()));
        Assert.Throws<InvalidOperationException>(() => value.Without("a"));
    }

    [Fact]
    public void FromFields_NameTwice_Throws()
    {
        var field = new RecordField("a", "1"u8.ToArray());

        Assert.Throws<ArgumentException>(() => RecordValue.FromFields([field, field]));
    }

    [Theory]
    [InlineData(256 * 1024, true)]
    [InlineData((256 * 1024) + 1, false)]
    public void TryRead_LargeValue_EndsAtTheDefaultLimit(int size, bool fits)
    {
        var read = WireDocument.TryReadValue($"\"{new string('a', size - 2)}\"", ValueLimits.Default, out _, out var refusal);

        Assert.Equal(fits, read);
        Assert.Equal(fits ? null : RefusalReasons.TooLarge, refusal?.Reason);
    }

    [Theory]
    [InlineData("\"\xff\"", "")]
    [InlineData("[\"\xc3\"]", "/0")]
    [InlineData("{\"a\":\"\xed\xa0\x80\"}", "/a")]
    [InlineData("{\"a\":\"\\n\xc0\x80\"}", "/a")]
    [InlineData("{\"a\":{\"\xff\":1}}", "/a")]
    [InlineData("{\"\xff\":1}", "")]
    [InlineData("{\"\\n\xff\":1}", "")]
    public void TryRead_BytesThatAreNoUtf8_SaysWhere(string latin1, string at)
    {
        var read = WireDocument.TryReadValue(Encoding.Latin1.GetBytes(latin1), ValueLimits.Default, out _, out var refusal);

        Assert.False(read);
        Assert.Equal((RefusalReasons.InvalidUtf8, at), (refusal!.Reason, refusal.Pointer));
    }

    [Fact]
    public void TryRead_KeyThatIsNoUtf8_IsRefused()
    {
        var read = WireDocument.TryReadKey([(byte)'[', (byte)'"', 0xFF, (byte)'"', (byte)']'], out _, out var refusal);

        Assert.False(read);
        Assert.Equal((RefusalReasons.InvalidUtf8, "/0"), (refusal!.Reason, refusal.Pointer));
    }

    [Fact]
    public void TryRead_ManyValuesOnOneThread_DoNotMix()
    {
        WireDocument.TryReadValue("""{"b":[1,{"$foo":2}],"a":1}""", ValueLimits.Default, out _, out _);

        var value = WireDocument.Value("""{"z":1}""");
        WireDocument.Value("""{"x":[2,3],"b":{"d":1,"c":2}}""");

        Assert.Equal("""{"z":1}""", WireDocument.Text(value.Json));
        Assert.Equal(["z"], value.Fields.Select(field => field.Name));
    }
}
