using System.Text.Json;

namespace MyriadSync.MyriadEmulator.Store;

/// <summary>Namespaces and tables: in memory, with every change written to the file first. Called under the store's lock.</summary>
internal sealed class Catalog
{
    private readonly SqliteStatement _putNamespace, _dropNamespace, _putTable, _dropTable;
    private readonly SortedDictionary<string, string> _namespaces = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TableSchema> _tables = new(StringComparer.Ordinal);
    private long _lastId;

    public Catalog(SqliteFile file)
    {
        file.Execute("CREATE TABLE IF NOT EXISTS namespaces(name TEXT PRIMARY KEY, properties TEXT NOT NULL) WITHOUT ROWID");
        file.Execute("CREATE TABLE IF NOT EXISTS tables(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, schema TEXT NOT NULL)");
        _putNamespace = file.Prepare("INSERT INTO namespaces VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET properties = ?2");
        _dropNamespace = file.Prepare("DELETE FROM namespaces WHERE name = ?1");
        _putTable = file.Prepare("INSERT INTO tables(id, name, schema) VALUES(?1, ?2, ?3) ON CONFLICT(id) DO UPDATE SET schema = ?3");
        _dropTable = file.Prepare("DELETE FROM tables WHERE id = ?1");
        Load(file);
    }

    /// <summary>Name to properties, as JSON (<c>null</c> if there are none), in byte order.</summary>
    public IReadOnlyDictionary<string, string> Namespaces => _namespaces;

    public IReadOnlyDictionary<string, TableSchema> Tables => _tables;

    /// <summary>The namespace part of a table's name.</summary>
    public static string NamespaceOf(string table) => table.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? table[..colon] : "default";

    public long NextTableId() => ++_lastId;

    public void PutNamespace(string name, string properties)
    {
        _putNamespace.Bind(1, name).Bind(2, properties).Run();
        _namespaces[name] = properties;
    }

    public void DropNamespace(string name)
    {
        _dropNamespace.Bind(1, name).Run();
        _namespaces.Remove(name);
    }

    public void PutTable(TableSchema table)
    {
        var stored = new StoredTable(
            table.CreatedAtMs, ToArrays(table.Attributes), [.. table.Families.Select(family => new StoredFamily(family.Name, ToArrays(family.Given)))]);
        _putTable.Bind(1, table.Id).Bind(2, table.Name).Bind(3, JsonSerializer.Serialize(stored)).Run();
        _tables[table.Name] = table;
    }

    public void DropTable(TableSchema table)
    {
        _dropTable.Bind(1, table.Id).Run();
        _tables.Remove(table.Name);
    }

    private static string[][] ToArrays(IReadOnlyList<KeyValuePair<string, string>> pairs) => [.. pairs.Select(pair => new[] { pair.Key, pair.Value })];

    private static List<KeyValuePair<string, string>> ToPairs(string[][] arrays) => [.. arrays.Select(pair => KeyValuePair.Create(pair[0], pair[1]))];

    private void Load(SqliteFile file)
    {
        var namespaces = file.Prepare("SELECT name, properties FROM namespaces");
        while (namespaces.Step())
            _namespaces[namespaces.Text(0)] = namespaces.Text(1);
        namespaces.Reset();
        foreach (var builtIn in new[] { "default", "hbase" })
            _namespaces.TryAdd(builtIn, "null");

        var tables = file.Prepare("SELECT id, name, schema FROM tables");
        while (tables.Step())
        {
            var stored = JsonSerializer.Deserialize<StoredTable>(tables.Text(2))!;
            var families = stored.Families.Select(family => new FamilySchema(family.Name, ToPairs(family.Attributes)));
            _tables[tables.Text(1)] = new TableSchema(tables.Integer(0), tables.Text(1), stored.CreatedAtMs, ToPairs(stored.Attributes), families);
        }
        tables.Reset();
        var lastId = file.Prepare("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'tables'");
        _lastId = lastId.Step() ? lastId.Integer(0) : 0;
        lastId.Reset();
    }

    private sealed record StoredFamily(string Name, string[][] Attributes);

    private sealed record StoredTable(long CreatedAtMs, string[][] Attributes, StoredFamily[] Families);
}
