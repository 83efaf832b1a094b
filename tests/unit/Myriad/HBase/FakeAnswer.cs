using System.Text;
using System.Text.Json;

namespace MyriadSync.UnitTests.Myriad.HBase;

/// <summary>What a made-up gateway does with a request.</summary>
internal sealed record FakeAnswer(int Status, string Body = "", string MediaType = "text/plain")
{
    /// <summary>The exact body of a failed operation: the words, and a Java exception with its frames.</summary>
    public static FakeAnswer Java(int status, string words, string exception) =>
        new(status, $"{words}\r\n{exception}\n\tat org.apache.hadoop.hbase.client.HTable.put(HTable.java:586)\n\tat DoNotRetryIOException.frames.do.not.count(X.java:1)\n");

    public static FakeAnswer Ok { get; } = new(200);

    public static FakeAnswer NoRows { get; } = new(404, "No rows found.\r\n");

    /// <summary>Jetty's page for an internal error.</summary>
    public static FakeAnswer Failed { get; } = new(500, """{"servlet":"x","message":"Request failed.","url":"/t","status":"500"}""", "application/json");

    /// <summary>Nobody listens there.</summary>
    public static FakeAnswer Refused { get; } = new(0, "refused");

    /// <summary>Never answers.</summary>
    public static FakeAnswer Hangs { get; } = new(0, "hangs");

    /// <summary>Sends its headers and half of the body, and then nothing more.</summary>
    public static FakeAnswer HangsInItsBody { get; } = new(200, "hangs");

    /// <summary>The answer declares this length, whatever it sends.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Where what was made is.</summary>
    public Uri? Location { get; init; }

    public static FakeAnswer Version(string version) => new(200, $$"""{"Server":"jetty","Version":"{{version}}","REST":"0.0.3"}""", "application/json");

    public static FakeAnswer Families(params string[] names) =>
        new(200, $$"""{"name":"t","ColumnSchema":[{{string.Join(',', names.Select(name => $$"""{"name":"{{name}}","VERSIONS":"3"}"""))}}],"IS_META":"false"}""", "application/json");

    /// <summary>Rows with one cell <c>d:a</c> = <c>x</c> at 5 each.</summary>
    public static FakeAnswer Rows(params string[] keys) => new(
        200,
        JsonSerializer.Serialize(new { Row = keys.Select(key => new { key = Base64(key), Cell = new[] { new Dictionary<string, object> { ["column"] = Base64("d:a"), ["timestamp"] = 5, ["$"] = Base64("x") } } }) }),
        "application/json");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
