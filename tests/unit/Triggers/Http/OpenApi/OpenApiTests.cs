using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Wire;
using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http.OpenApi;

/// <summary>The published description says what the functions do: no route, parameter, problem or name too many, none missing.</summary>
public sealed partial class OpenApiTests
{
    private const string Prefix = "/v1";

    private static readonly (MethodInfo Method, string Name, HttpTriggerAttribute Trigger)[] Functions =
    [
        .. from type in typeof(Routes).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           let trigger = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(found => found is not null)
           where trigger is not null
           select (method, method.GetCustomAttribute<FunctionAttribute>()!.Name, trigger),
    ];

    [Fact]
    public void Operations_AreTheHttpFunctions()
    {
        var functions = Functions.SelectMany(function => function.Trigger.Methods!.Select(method => $"{function.Name}: {method} /{function.Trigger.Route}"));

        var documented = ApiDocument.Operations.Select(operation => $"{operation.Id}: {operation.Method} {Prefix}{operation.Path}");

        Assert.Equal(functions.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
        Assert.True(Functions.Length > 10);
    }

    [Fact]
    public void Operations_WithoutSecurity_AreTheOpenFunctions()
    {
        var open = ApiDocument.Operations.Where(operation => operation.IsOpen).Select(operation => operation.Id);

        Assert.Equal(FunctionNames.Open.Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void PathParameters_AreThoseOfTheRoutes()
    {
        foreach (var operation in ApiDocument.Operations)
        {
            var inRoute = RouteParameter().Matches(operation.Path).Select(match => match.Groups[1].Value);

            Assert.Equal(inRoute, operation.In("path"));
        }
    }

    /// <summary>By what the sources ask the query for.</summary>
    [Fact]
    public void QueryParameters_AreThoseThatTheFunctionsRead()
    {
        foreach (var group in Functions.GroupBy(function => function.Method.DeclaringType!))
        {
            var source = File.ReadAllText(Path.Combine(SourceFolder(), group.Key.Name + ".cs"));
            var read = QueryParameter().Matches(source).Select(match => match.Groups[1].Value);

            var documented = ApiDocument.Operations.Where(operation => group.Any(function => function.Name == operation.Id)).SelectMany(operation => operation.In("query"));

            Assert.Equal(read.Distinct().Order(StringComparer.Ordinal), documented.Distinct().Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Problems_AreThoseOfTheCatalogUnderTheirStatus()
    {
        var documented = new HashSet<string>();
        foreach (var response in ApiDocument.Operations.SelectMany(operation => operation.Body.GetProperty("responses").EnumerateObject()))
        {
            if (!response.Value.TryGetProperty("content", out var content) || !(content.TryGetProperty("application/problem+json", out _) || content.TryGetProperty("text/plain", out _)))
                continue;
            foreach (var code in Quoted().Matches(response.Value.GetProperty("description").GetString()!).Select(match => match.Groups[1].Value))
            {
                Assert.Equal(ProblemCatalog.Of(code).Status.ToString(provider: null), response.Name);
                documented.Add(code);
            }
        }

        Assert.Equal(ProblemCatalog.Codes.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
        Assert.Equal(ProblemCatalog.Codes.Order(StringComparer.Ordinal), ApiDocument.Enumerated("ProblemCode").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_OfOutcomesAndStates_AreThoseOfTheWire()
    {
        Assert.Equal(Enum.GetValues<Outcome>().Select(WireNames.Of), ApiDocument.Enumerated("Outcome"));
        Assert.Equal(Enum.GetValues<BatchStatus>().Select(WireNames.Of), ApiDocument.Enumerated("BatchStatus"));
    }

    /// <summary>The reader of requests takes each documented member of a batch and of its changes, and would refuse an unknown one.</summary>
    [Theory]
    [InlineData("Batch", """{"MEMBER":1,"schemaVersion":1,"clientId":"c","batchId":"b","changes":[{"seq":1}]}""")]
    [InlineData("Change", """{"schemaVersion":1,"clientId":"c","batchId":"b","changes":[{"MEMBER":1,"seq":1}]}""")]
    public void RequestMembers_AreThoseThatTheReaderKnows(string schema, string body)
    {
        var members = ApiDocument.Root.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties").EnumerateObject().Select(member => member.Name);

        var unknown = members.Append("surelyUnknown").Where(member => IsUnknown(body.Replace("MEMBER", member, StringComparison.Ordinal)));

        Assert.Equal(["surelyUnknown"], unknown);
    }

    [Fact]
    public void Document_IsSound()
    {
        var components = ApiDocument.Root.GetProperty("components").EnumerateObject()
            .SelectMany(kind => kind.Value.EnumerateObject().Select(component => $"#/components/{kind.Name}/{component.Name}"))
            .Where(pointer => !pointer.Contains("/securitySchemes/", StringComparison.Ordinal));

        var references = References(ApiDocument.Root).ToHashSet();

        Assert.StartsWith("3.1.", ApiDocument.Root.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.All(references, reference => ApiDocument.Resolve(JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["$ref"] = reference })));
        Assert.Equal(components.Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
        Assert.All(ApiDocument.Operations, operation => Assert.Contains(operation.Body.GetProperty("responses").EnumerateObject(), response => response.Name[0] == '2'));
        Assert.All(ApiDocument.Operations, operation => Assert.NotEmpty(operation.Body.GetProperty("summary").GetString()!));
    }

    private static bool IsUnknown(string body)
    {
        var reading = BatchReader.Read(Encoding.UTF8.GetBytes(body), new SyncLimits());
        return reading.Errors.Any(error => error.Reason == WireReasons.UnknownMember)
            || reading.Batch?.Changes.Any(change => change.Refusal?.Reason == WireReasons.UnknownMember) == true;
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.NameEquals("$ref") ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static string SourceFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MyriadSyncFunctions.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "functions", "Triggers", "Http");
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex RouteParameter();

    [GeneratedRegex(@"query\.\w+\(""(\w+)""")]
    private static partial Regex QueryParameter();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Quoted();
}
