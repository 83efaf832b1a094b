using System.Text;

namespace MyriadSync.ConformanceTests.Gateways;

/// <summary>Writes the bodies that the gateway takes.</summary>
public static class Json
{
    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>A set of rows; cells of the same row that follow each other are one row. A null timestamp is left out.</summary>
    public static string Rows(params (string Row, string Column, long? Timestamp, string Value)[] cells)
    {
        var rows = new List<(string Key, List<string> Cells)>();
        foreach (var (row, column, timestamp, value) in cells)
        {
            if (rows.Count == 0 || rows[^1].Key != row)
                rows.Add((row, []));
            var time = timestamp is { } ms ? $"\"timestamp\":{ms}," : "";
            rows[^1].Cells.Add($$"""{"column":"{{Base64(column)}}",{{time}}"$":"{{Base64(value)}}"}""");
        }
        return $$"""{"Row":[{{string.Join(',', rows.Select(row => $$"""{"key":"{{Base64(row.Key)}}","Cell":[{{string.Join(',', row.Cells)}}]}"""))}}]}""";
    }

    /// <summary>A table schema, each family with its attributes as JSON (<c>"VERSIONS":"5"</c>).</summary>
    public static string Schema(params (string Family, string Attributes)[] families) => $$"""
        {"ColumnSchema":[{{string.Join(',', families.Select(family => $$"""{"name":"{{family.Family}}"{{(family.Attributes.Length > 0 ? "," + family.Attributes : "")}}}"""))}}]}
        """;
}
