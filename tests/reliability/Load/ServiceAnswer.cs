using System.Net;
using System.Text.Json.Nodes;

namespace MyriadSync.ReliabilityTests.Load;

/// <summary>An answer that came through.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Location">Where to ask again.</param>
/// <param name="Body">Its body.</param>
public sealed record ServiceAnswer(HttpStatusCode Status, Uri? Location, JsonNode Body);
