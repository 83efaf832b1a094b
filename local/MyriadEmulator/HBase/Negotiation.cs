using Microsoft.AspNetCore.Http;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>Which formats a request speaks. The emulator speaks JSON; where the gateway has more it says so instead of guessing.</summary>
internal static class Negotiation
{
    private static readonly string[] OtherFormats = ["text/xml", "application/x-protobuf", "application/protobuf", "application/octet-stream"];

    private static readonly Answer NotAcceptable = new(406) { ContainerMessage = "Not Acceptable" };

    /// <summary>What to answer a read that did not ask for JSON; null if it did.</summary>
    public static Answer? CheckAccept(HttpRequest request, bool isRow)
    {
        var accept = request.Headers.Accept.ToString();
        if (accept.Contains("application/json", StringComparison.OrdinalIgnoreCase))
            return null;
        if (accept.Length == 0 || accept.Contains("*/*", StringComparison.Ordinal))
        {
            return isRow
                ? Answer.Text(
                    400,
                    "Bad request: Default 'GET' method only works if there is exactly 1 column in the row. Using the 'Accept' header with one of these formats lets you "
                    + "retrieve the entire row if it has multiple columns: text/xml, application/json, application/x-protobuf, application/protobuf\r\n")
                : Answer.NotEmulated("text answers: send `Accept: application/json`");
        }
        return Array.Exists(OtherFormats, format => accept.Contains(format, StringComparison.OrdinalIgnoreCase))
            ? Answer.NotEmulated($"answers in {accept}: send `Accept: application/json`")
            : NotAcceptable;
    }

    /// <summary>What to answer a write whose body is not JSON; null if it says it is.</summary>
    public static Answer? CheckContentType(HttpRequest request)
    {
        var type = request.ContentType ?? "application/octet-stream";
        if (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            return null;
        return Array.Exists(OtherFormats, format => type.StartsWith(format, StringComparison.OrdinalIgnoreCase))
            ? Answer.NotEmulated($"bodies of {type}: send `Content-Type: application/json`")
            : Answer.UnsupportedMediaType;
    }
}
