using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using MyriadSync.Contracts;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary>Finds out who calls an HTTP function, before it runs. A function that is not named among the open ones is not reached without a token that holds.</summary>
internal sealed class AuthenticationMiddleware(ITokenValidator validator, ILogger<AuthenticationMiddleware> logger) : IFunctionsWorkerMiddleware
{
    private const string Scheme = "Bearer ";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var name = context.FunctionDefinition.Name;
        if (context.GetHttpContext() is { } http && !FunctionNames.Open.Contains(name) && await AuthenticateAsync(http, name) is { } problem)
            await new ProblemResult(problem).ExecuteAsync(http);
        else
            await next(context);
    }

    /// <summary>Keeps the caller with the request; or what is wrong.</summary>
    private async Task<Problem?> AuthenticateAsync(HttpContext http, string function)
    {
        // Only the header: an address ends up in logs and histories.
        if (http.Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return new Problem(Problems.Unauthorized, "Send a token in the header Authorization, as Bearer.") { Challenge = "Bearer" };

        var reading = await validator.ValidateAsync(header[Scheme.Length..].Trim(), http.RequestAborted);
        if (reading.Caller is { } caller)
        {
            http.SetCaller(caller);
            return null;
        }

        if (reading.Fault == TokenFault.KeysUnavailable)
        {
            Logs.KeysUnavailable(logger);
            return new Problem(Problems.AuthorityUnavailable, "The issuer's keys cannot be fetched. Try again a little later.") { RetryAfter = RetryAfter };
        }

        Logs.TokenRefused(logger, function, reading.Fault.ToString(), reading.Cause);
        var detail = reading.Fault == TokenFault.Expired ? "The token has expired." : "The token does not hold.";
        return new Problem(Problems.Unauthorized, detail) { Challenge = $"Bearer error=\"invalid_token\", error_description=\"{detail}\"" };
    }
}
