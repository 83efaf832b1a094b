namespace MyriadSync.Myriad.HBase;

/// <summary>Makes something of a body. The bytes are gone when it returns. Throws <see cref="System.Text.Json.JsonException"/> or <see cref="FormatException"/> when it cannot be read.</summary>
internal delegate T BodyParser<out T>(ReadOnlySpan<byte> body);
