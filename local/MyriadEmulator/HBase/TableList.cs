using System.Text.Json;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>The JSON of a list of tables.</summary>
internal static class TableList
{
    public static string Of(IEnumerable<string> tables) => JsonSerializer.Serialize(new { table = tables.Select(name => new { name }) });
}
