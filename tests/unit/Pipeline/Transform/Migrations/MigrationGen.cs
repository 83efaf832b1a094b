using System.Text;
using CsCheck;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Pipeline.Transform.Migrations;

namespace MyriadSync.UnitTests.Pipeline.Transform.Migrations;

/// <summary>Reversible migrations over a few fields, and records of the version before them: they lack what the migrations bring in.</summary>
internal static class MigrationGen
{
    private static readonly string[] OldFields = ["a", "b", "c", "d"];

    private static readonly string[] Scalars = ["1", "2.5", "\"x\"", "\"7\"", "true", "null", "[1,2]", """{"$date":5}""", "\"12e\""];

    private static readonly Gen<ReadOnlyMemory<byte>> Scalar = Gen.Int[0, Scalars.Length - 1].Select(i => Json(Scalars[i]));

    private static readonly Gen<RecordValue> Inner = Fields(Scalar);

    /// <summary>Records whose fields are scalars or, one level down, objects of the same names.</summary>
    public static readonly Gen<RecordValue> Record = Fields(Gen.OneOf(Scalar, Inner.Select(value => value.Json)));

    /// <summary>Up to five steps, each of names that no step before it has brought in or taken.</summary>
    public static readonly Gen<List<MigrationStep>> Steps = Gen.Select(Gen.Int[0, 3].List[0, 5], Gen.Int[0, 7].List[5], (kinds, places) => kinds.Select((kind, i) => Step(kind, places[i], i)).ToList());

    public static StoreMigrator Migrator(params StoreMigration[] migrations) => Migrator(null, migrations);

    /// <summary>With code under the name <c>code</c>.</summary>
    public static StoreMigrator Migrator(IStoreMigration? code, params StoreMigration[] migrations)
    {
        var store = new StoreDefinition { Name = "s", Migrations = migrations };
        var options = new StoreOptions { SchemaVersion = Math.Max(1, migrations.Select(migration => migration.To).DefaultIfEmpty(1).Max()) };
        return new StoreMigrator(new StoreCatalog([store], Microsoft.Extensions.Options.Options.Create(options)), options, code is null ? [] : [new NamedMigration("code", code)]);
    }

    public static ReadOnlyMemory<byte> Json(string json) => Encoding.UTF8.GetBytes(json);

    public static RecordValue Value(string json) => RecordValue.FromCanonical(Json(json));

    private static MigrationStep Step(int kind, int place, int n)
    {
        var (parent, field) = (place >= 4 ? "/d" : "", OldFields[place % 3]);
        return kind switch
        {
            0 => new RenameStep($"{parent}/{field}", $"{parent}/{field}{n}"),
            1 => new AddStep($"{parent}/new{n}", place % 2 == 0 ? Json("0") : (ReadOnlyMemory<byte>?)null),
            2 => new ConvertStep($"{parent}/{field}") { Values = [(Json("1"), Json("\"one\"")), (Json("\"x\""), Json("\"y\""))] },
            _ => new ConvertStep($"{parent}/{field}") { Values = [(Json("true"), Json("1e+21"))] },
        };
    }

    private static Gen<RecordValue> Fields(Gen<ReadOnlyMemory<byte>> value) => Gen.Select(Gen.Bool.Array[OldFields.Length], value.Array[OldFields.Length], (there, values) =>
        RecordValue.FromFields(OldFields.Select((name, i) => (name, i)).Where(field => there[field.i]).Select(field => new RecordField(field.name, values[field.i]))));
}
