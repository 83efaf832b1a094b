using System.Runtime.CompilerServices;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform.Schema;

namespace MyriadSync.Pipeline.Transform;

/// <summary>Checks values against the schemas of their stores. Pure; each schema is compiled once.</summary>
internal sealed class SchemaChecker(IStoreCatalog catalog)
{
    private readonly ConditionalWeakTable<StoreDefinition, CompiledSchema> _compiled = [];

    /// <summary>Null: the value holds, or its store has no schema. Otherwise the refusal, its pointer relative to the value.</summary>
    public Refusal? Check(string store, RecordValue value) =>
        catalog.Find(store) is { Schema: not null } definition ? _compiled.GetValue(definition, Compile).Check(value.Json) : null;

    private static CompiledSchema Compile(StoreDefinition store)
    {
        using var schema = JsonDocument.Parse(store.Schema!.Value);
        return new SchemaCompiler((pointer, detail) => throw new InvalidOperationException($"The schema of store {store.Name} was not checked: {pointer}: {detail}")).Compile(schema.RootElement);
    }
}
