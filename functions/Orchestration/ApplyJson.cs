using System.Text.Json.Serialization;

namespace MyriadSync.Orchestration;

/// <summary>JSON of apply messages.</summary>
[JsonSerializable(typeof(ApplyMessage))]
internal sealed partial class ApplyJson : JsonSerializerContext;
