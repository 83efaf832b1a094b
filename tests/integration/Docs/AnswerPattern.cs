using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MyriadSync.IntegrationTests.Docs;

/// <summary>Compares an answer with what the documentation says. An ellipsis in a text stands for whatever the service chose; the server's clock is any.</summary>
internal static class AnswerPattern
{
    private const char Any = '…';

    /// <summary>The first difference; null: there is none.</summary>
    public static string? Difference(JsonNode? documented, JsonNode? actual, string at = "") => (documented, actual) switch
    {
        (JsonObject left, JsonObject right) => Members(left, right, at),
        (JsonArray left, JsonArray right) when left.Count == right.Count => left.Select((item, i) => Difference(item, right[i], $"{at}/{i}")).FirstOrDefault(found => found is not null),
        (JsonValue left, JsonValue right) when left.GetValueKind() == right.GetValueKind() && IsLike(left, right, at) => null,
        (null, null) => null,
        _ => $"{at}: documented {Text(documented)}, answered {Text(actual)}",
    };

    /// <summary>Whether a text is as documented.</summary>
    public static bool IsLike(string documented, string actual) =>
        Regex.IsMatch(actual, "^" + string.Join(".*", documented.Split(Any).Select(Regex.Escape)) + "$", RegexOptions.Singleline);

    private static string? Members(JsonObject documented, JsonObject actual, string at)
    {
        var names = documented.Select(member => member.Key).ToHashSet();
        return actual.FirstOrDefault(member => !names.Contains(member.Key)) is { Key: { } undocumented }
            ? $"{at}/{undocumented}: not documented, answered {Text(actual[undocumented])}"
            : documented.Select(member => actual.ContainsKey(member.Key)
                ? Difference(member.Value, actual[member.Key], $"{at}/{member.Key}")
                : $"{at}/{member.Key}: documented, not answered").FirstOrDefault(found => found is not null);
    }

    private static bool IsLike(JsonValue documented, JsonValue actual, string at) =>
        at.EndsWith("/serverTime", StringComparison.Ordinal)
        || (documented.TryGetValue<string>(out var pattern) ? IsLike(pattern, actual.GetValue<string>()) : JsonNode.DeepEquals(documented, actual));

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}
