using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MyriadSync.Contracts;

namespace MyriadSync.Triggers.Http;

/// <summary><c>GET …/problems/{code}</c>: what the <c>type</c> of a problem resolves to. Cause, remedy and an example, from the documentation.</summary>
internal static class ProblemPageFunction
{
    /// <summary>Answers the section as it is written.</summary>
    [Function(FunctionNames.ReadProblem)]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.ProblemPage)] HttpRequest request, string code) =>
        ProblemPages.Find(code) is { } page
            ? Results.Text(page, "text/plain", Encoding.UTF8)
            : new ProblemResult(new Problem(Problems.NotFound, "There is no such problem."));
}
