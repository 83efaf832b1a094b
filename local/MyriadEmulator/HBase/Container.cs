using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>What the servlet container adds: headers, and a page of its own for the errors that the gateway leaves to it.</summary>
internal static class Container
{
    private const string Servlet = "org.apache.hbase.thirdparty.org.glassfish.jersey.servlet.ServletContainer-0";

    /// <summary>The container's page: to GET and POST only; to the others it sends nothing.</summary>
    public static string? Render(Answer answer, GatewayRequest request) => !HasPage(answer, request.Context)
        ? null
        : answer.Status == StatusCodes.Status406NotAcceptable
            ? $"<html>\n<head>\n<title>Error 406 {answer.ContainerMessage}</title>\n</head>\n<body><h2>HTTP ERROR 406 {answer.ContainerMessage}</h2>\n</body>\n</html>\n"
            : $"{{\n\"servlet\":\"{Servlet}\",\n\"message\":\"{answer.ContainerMessage}\",\n\"url\":\"{request.Path}\",\n\"status\":\"{answer.Status}\"\n}}";

    public static void SetHeaders(Answer answer, HttpContext context)
    {
        var headers = context.Response.Headers;
        if (HasPage(answer, context))
        {
            headers.CacheControl = "must-revalidate,no-cache,no-store";
            headers.ContentType = answer.Status == StatusCodes.Status406NotAcceptable ? "text/html;charset=iso-8859-1" : "application/json";
        }
        else if (answer.ContentType is not null)
        {
            headers.ContentType = answer.ContentType;
        }
        if (answer.NoCache)
            headers.CacheControl = "no-cache";
        if (answer.Location is not null)
            headers.Location = answer.Location;
        if (answer.Allow is not null)
            headers.Allow = answer.Allow;
        if (answer.Status == StatusCodes.Status500InternalServerError)
            context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = "Server Error";
        if (answer.Close)
            headers.Connection = "close";
    }

    private static bool HasPage(Answer answer, HttpContext context) =>
        answer.ContainerMessage is not null && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsPost(context.Request.Method));
}
