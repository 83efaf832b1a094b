using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using MyriadSync.Contracts;

namespace MyriadSync.Triggers.Http;

/// <summary>Tags of records. The rev alone while all is well; what else an answer shows, and can change without the rev, is part of the tag.</summary>
internal static class EntityTags
{
    /// <summary>The tag, with its quotes.</summary>
    public static string Of(RecordView view) =>
        $"\"{view.Record.Rev}{(view.Pending ? "-pending" : "")}{(view.Held is null ? "" : "-held")}\"";

    /// <summary>Whether the client has it already (<c>If-None-Match</c>, compared weakly as RFC 9110 wants it).</summary>
    public static bool Matches(HttpRequest request, string tag)
    {
        if (!EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch!, out var known))
            return false;
        var own = new EntityTagHeaderValue(tag);
        return known.Any(other => other == EntityTagHeaderValue.Any || other.Compare(own, useStrongComparison: false));
    }
}
