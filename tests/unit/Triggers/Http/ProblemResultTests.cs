using System.Reflection;
using MyriadSync.Contracts;
using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http;

public class ProblemResultTests
{
    [Fact]
    public async Task Execute_Problem_HasTheMembersOfTheRfcAndOurs()
    {
        var problem = new Problem(Problems.SequenceGap, "41 was expected.")
        {
            Errors = [new Refusal("seq-order", "/changes/0/seq", "Not 43.")],
            Extensions = new Dictionary<string, object> { ["expectedSeq"] = 41L, ["snapshot"] = "/api/x", ["final"] = true },
            RetryAfter = TimeSpan.FromMilliseconds(1500),
        };

        var context = await HttpFixture.ExecuteAsync(new ProblemResult(problem));

        var json = HttpFixture.Json(context);
        Assert.Equal((409, "application/problem+json"), (context.Response.StatusCode, context.Response.ContentType));
        Assert.Equal("/api/v1/problems/sequence-gap", json.GetProperty("type").GetString());
        Assert.Equal("A change is missing before this batch", json.GetProperty("title").GetString());
        Assert.Equal(409, json.GetProperty("status").GetInt32());
        Assert.Equal("41 was expected.", json.GetProperty("detail").GetString());
        Assert.Equal("/api/v1/datasets/d/changes", json.GetProperty("instance").GetString());
        Assert.NotEqual("", json.GetProperty("traceId").GetString());
        Assert.Equal((41, "/api/x", true), (json.GetProperty("expectedSeq").GetInt32(), json.GetProperty("snapshot").GetString(), json.GetProperty("final").GetBoolean()));
        Assert.Equal("""[{"pointer":"/changes/0/seq","reason":"seq-order","detail":"Not 43."}]""", json.GetProperty("errors").GetRawText());
        Assert.Equal("2", context.Response.Headers.RetryAfter);
        Assert.Equal("no-store", context.Response.Headers.CacheControl);
    }

    [Fact]
    public async Task Execute_LoneSurrogateInAPointer_IsStillJson()
    {
        var problem = new Problem(Problems.InvalidRequest, "x") { Errors = [new Refusal("unknown-member", "/\ud800", "x")] };

        var context = await HttpFixture.ExecuteAsync(new ProblemResult(problem));

        Assert.Equal("/\ufffd", HttpFixture.Json(context).GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Execute_ThousandErrors_AnswersFifty()
    {
        var problem = new Problem(Problems.InvalidRequest, "x") { Errors = [.. Enumerable.Repeat(new Refusal("a", "/b", "c"), 1000)] };

        var context = await HttpFixture.ExecuteAsync(new ProblemResult(problem));

        Assert.Equal(50, HttpFixture.Json(context).GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public void Catalog_EveryCode_IsKnown()
    {
        var codes = typeof(Problems).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(codes.Order(StringComparer.Ordinal), ProblemCatalog.Codes.Order(StringComparer.Ordinal));
    }
}
