using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MyriadSync.Triggers.Http;

/// <summary>Sends a <see cref="Http.Problem"/> as <c>application/problem+json</c>.</summary>
public sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
{
    private const int MaxErrors = 50;

    /// <summary>What is sent.</summary>
    public Problem Problem => problem;

    /// <inheritdoc/>
    public int? StatusCode => problem.Status;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var options = httpContext.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value;
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } wait)
            response.Headers.RetryAfter = Seconds(wait).ToString(CultureInfo.InvariantCulture);
        if (problem.Challenge is { } challenge)
            response.Headers.WWWAuthenticate = challenge;

        if (PlainProblems.AreWanted(httpContext))
        {
            response.ContentType = PlainProblems.ContentType;
            await response.WriteAsync(PlainProblems.Text(problem), httpContext.RequestAborted);
            return;
        }

        response.ContentType = "application/problem+json";
        await using (var json = new Utf8JsonWriter(response.BodyWriter))
        {
            Write(json, options.ProblemBase, httpContext);
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    private static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));

    private void Write(Utf8JsonWriter json, string problemBase, HttpContext httpContext)
    {
        json.WriteStartObject();
        json.WriteString("type", $"{problemBase}/{problem.Code}");
        json.WriteString("title", problem.Title);
        json.WriteNumber("status", problem.Status);
        json.WriteString("detail", problem.Detail);
        json.WriteString("instance", (httpContext.Request.PathBase + httpContext.Request.Path).ToUriComponent());
        json.WriteString("traceId", Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier);
        foreach (var (name, value) in problem.Extensions)
        {
            json.WritePropertyName(name);
            switch (value)
            {
                case long number: json.WriteNumberValue(number); break;
                case ReadOnlyMemory<byte> raw: json.WriteRawValue(raw.Span, skipInputValidation: true); break;
                case bool flag: json.WriteBooleanValue(flag); break;
                default: json.WriteStringValue((string)value); break;
            }
        }

        if (problem.Errors.Count > 0)
            WriteErrors(json);
        json.WriteEndObject();
    }

    private void WriteErrors(Utf8JsonWriter json)
    {
        json.WriteStartArray("errors");
        foreach (var error in problem.Errors.Take(MaxErrors))
        {
            json.WriteStartObject();
            json.WriteString("pointer", error.Pointer);
            json.WriteString("reason", error.Reason);
            json.WriteString("detail", error.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
