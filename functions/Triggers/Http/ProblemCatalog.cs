using System.Collections.Frozen;
using MyriadSync.Contracts;

namespace MyriadSync.Triggers.Http;

/// <summary>Status and title of every problem code. Their pages are the sections of the same names in docs/API.md.</summary>
internal static class ProblemCatalog
{
    private static readonly FrozenDictionary<string, (int Status, string Title)> Known = new Dictionary<string, (int, string)>
    {
        [Problems.InvalidRequest] = (400, "The request's body is not valid"),
        [Problems.InvalidParameter] = (400, "A parameter is not valid"),
        [Problems.Unauthorized] = (401, "A valid token is needed"),
        [Problems.Forbidden] = (403, "The token does not give access"),
        [Problems.ClientOfAnother] = (403, "The client id belongs to another user"),
        [Problems.NotFound] = (404, "Not found"),
        [Problems.SequenceGap] = (409, "A change is missing before this batch"),
        [Problems.ClientUnknown] = (409, "The client id is not known"),
        [Problems.ClientForked] = (409, "The client id is used by two histories"),
        [Problems.EpochChanged] = (409, "The log has begun anew"),
        [Problems.PoisonSettled] = (409, "The poison entry is settled already"),
        [Problems.SchemaTooOld] = (409, "The app's schema version is no longer served"),
        [Problems.SchemaTooNew] = (409, "The app's schema version is not known here yet"),
        [Problems.ConflictOutdated] = (409, "The record changed meanwhile"),
        [Problems.ConflictSettled] = (409, "The conflict is settled already"),
        [Problems.ConflictExpired] = (410, "The conflict has expired"),
        [Problems.ResolutionRefused] = (422, "The record cannot become what was decided"),
        [Problems.CursorGone] = (410, "The cursor can no longer be served"),
        [Problems.TooLarge] = (413, "The body is too large"),
        [Problems.UnsupportedMediaType] = (415, "The media type or encoding is not accepted"),
        [Problems.BatchIdReused] = (422, "The batch id was used with another body"),
        [Problems.ClientOutdated] = (426, "The app is too old for this service"),
        [Problems.InternalError] = (500, "Something went wrong in the service"),
        [Problems.SchedulerRefused] = (502, "The Myriad scheduler refuses"),
        [Problems.SchedulerUnavailable] = (503, "No Myriad scheduler answers"),
        [Problems.NotCommitted] = (503, "The rows are not committed yet"),
        [Problems.ServiceOutdated] = (503, "The app is newer than this service"),
        [Problems.ClusterUnavailable] = (503, "The cluster cannot be reached"),
        [Problems.StorageUnavailable] = (503, "Storage cannot be reached"),
        [Problems.AuthorityUnavailable] = (503, "Tokens cannot be checked at the moment"),
    }.ToFrozenDictionary();

    /// <summary>Every code.</summary>
    public static IEnumerable<string> Codes => Known.Keys;

    /// <summary>Status and title; a code that is missing here is a defect.</summary>
    public static (int Status, string Title) Of(string code) => Known[code];
}
