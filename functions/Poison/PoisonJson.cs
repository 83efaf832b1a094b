using System.Text.Json.Serialization;

namespace MyriadSync.Poison;

/// <summary>JSON of poison messages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PoisonItem))]
internal sealed partial class PoisonJson : JsonSerializerContext;
