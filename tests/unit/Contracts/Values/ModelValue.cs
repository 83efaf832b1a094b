using System.Globalization;
using CsCheck;

namespace MyriadSync.UnitTests.Contracts.Values;

/// <summary>A value as structured clone has it. It can be written in many ways, all of which mean the same.</summary>
internal abstract record ModelValue
{
    /// <summary>Random values.</summary>
    public static readonly Gen<ModelValue> Any = Create(depth: 3);

    /// <summary>Random plain objects.</summary>
    public static readonly Gen<ModelValue> AnyObject = Members(Create(depth: 2));

    /// <summary>One of the ways to write it; <paramref name="style"/> says which.</summary>
    public abstract string ToJson(int style);

    private static Gen<ModelValue> Create(int depth)
    {
        string[] literals =
            ["null", "true", "false", """{"$undefined":true}""", """{"$date":null}""", """{"$bigint":"-12345678901234567890"}""", """{"$binary":"AQI="}"""];
        var literal = Gen.OneOf(literals).Select(json => (ModelValue)new ModelLiteral(json));
        var number = Gen.Frequency((2, Gen.Int.Select(value => (double)value)), (3, Gen.Double), (1, Gen.OneOf(0.0, -0.0, 1e21, 1e-7, double.Epsilon)))
            .Select(value => (ModelValue)new ModelDouble(value));
        var date = Gen.Long[-8640000000000000, 8640000000000000].Select(value => (ModelValue)new ModelTime(value));
        var text = RandomText.Any.Select(value => (ModelValue)new ModelText(value));
        var scalar = Gen.Frequency((1, literal), (2, number), (1, date), (2, text));
        if (depth == 0) return scalar;

        var inner = Create(depth - 1);
        var list = Gen.Select(Gen.OneOf("", "$set"), inner.Array[0, 3], (tag, elements) => (ModelValue)new ModelList(tag, elements));
        var map = Gen.Select(inner, inner).Array[0, 3].Select(pairs => (ModelValue)new ModelMap(pairs));
        return Gen.Frequency((3, scalar), (1, list), (1, map), (2, Members(inner)));
    }

    private static Gen<ModelValue> Members(Gen<ModelValue> inner) =>
        Gen.Dictionary(Gen.OneOf(RandomText.Any, Gen.OneOf("a", "b", "id", "$a", "$date")), inner)[0, 5]
            .Select(members => (ModelValue)new ModelObject(members));
}

internal sealed record ModelLiteral(string Json) : ModelValue
{
    public override string ToJson(int style) => Json;
}

internal sealed record ModelDouble(double Value) : ModelValue
{
    public override string ToJson(int style)
    {
        if (Value == 0 && double.IsNegative(Value)) return style % 2 == 0 ? "-0.0" : """{"$number":"-0"}""";
        if (!double.IsFinite(Value)) return $$"""{"$number":"{{(double.IsNaN(Value) ? "NaN" : Value > 0 ? "Infinity" : "-Infinity")}}"}""";
        return Value.ToString(style % 2 == 0 ? "R" : "E20", CultureInfo.InvariantCulture);
    }
}

internal sealed record ModelTime(long Milliseconds) : ModelValue
{
    public override string ToJson(int style) => $$"""{ "$date" : {{Milliseconds.ToString(CultureInfo.InvariantCulture)}} }""";
}

internal sealed record ModelText(string Value) : ModelValue
{
    public override string ToJson(int style) => RandomText.ToJson(Value, style);
}

internal sealed record ModelList(string Tag, ModelValue[] Elements) : ModelValue
{
    public override string ToJson(int style)
    {
        var list = $"[ {string.Join(",", Elements.Select(element => element.ToJson(style)))}]";
        return Tag.Length == 0 ? list : $$"""{"{{Tag}}":{{list}}}""";
    }
}

internal sealed record ModelMap((ModelValue Key, ModelValue Value)[] Pairs) : ModelValue
{
    public override string ToJson(int style) =>
        $$"""{"$map":[{{string.Join(" ,", Pairs.Select(pair => $"[{pair.Key.ToJson(style)},{pair.Value.ToJson(style)}]"))}}]}""";
}

internal sealed record ModelObject(Dictionary<string, ModelValue> Members) : ModelValue
{
    public override string ToJson(int style)
    {
        // Another style, another order, and another opinion on whether a wrapper that is not needed does any harm.
        var order = Members.OrderBy(member => member.Key, StringComparer.Ordinal).ToList();
        if (style % 2 == 0) order.Reverse();
        var first = order.Count == 0 ? 0 : (style & 0xFF) % order.Count;
        var members = order.Skip(first).Concat(order.Take(first)).Select(member => $"{RandomText.ToJson(member.Key, style)}: {member.Value.ToJson(style)}");
        var json = $"{{{string.Join("\n,", members)}}}";
        return Members.Keys.Any(name => name.StartsWith('$')) || style % 3 == 0 ? $$"""{"$object":{{json}}}""" : json;
    }
}
