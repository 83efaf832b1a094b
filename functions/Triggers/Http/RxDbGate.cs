using System.Globalization;
using Microsoft.AspNetCore.Http;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.RxDb;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary>What all requests of RxDB's replication are asked first: may this caller do this, with this store, in this version?</summary>
internal sealed class RxDbGate(IStoreCatalog stores, StoreGate gate, ISchemaVersions versions)
{
    /// <summary>Checks access, address and parameters.</summary>
    /// <param name="http">The request.</param>
    /// <param name="role">The role that is needed.</param>
    /// <param name="address">Dataset, store and version as they stand in the path.</param>
    /// <param name="primaryPath">The field that the client names as its key; null: it names none.</param>
    /// <param name="query">What is wrong with the query; null: nothing.</param>
    public RxDbAsked Check(HttpContext http, Role role, (string Dataset, string Store, string SchemaVersion) address, string? primaryPath, Problem? query)
    {
        if (AccessGate.Check(http, role, address.Dataset) is { } denied)
            return new RxDbAsked { Problem = denied };
        if (!NameRules.IsStore(address.Store))
            return new RxDbAsked { Problem = Problem.Parameter("path", "store", "invalid-store", "A store is 1 to 64 of A-Z a-z 0-9 - _ . and begins with a letter or digit.") };
        if (stores.Find(address.Store) is not { } store || store.Table?.Serves(address.Dataset) == false)
            return new RxDbAsked { Problem = new Problem(Problems.NotFound, "There is no such store.") };
        // Pushes too answer with records.
        if (!gate.ScopeOf(http.Caller()).Shows(store.Name))
            return new RxDbAsked { Problem = new Problem(Problems.Forbidden, "None of the roles that may read this store is given.") };
        if ((CheckVersion(address.SchemaVersion, out var version) ?? query) is { } problem)
            return new RxDbAsked { Problem = problem };
        return PrimaryKey.Of(store, primaryPath, stores.Declared.Any(declared => declared.Name == store.Name)) is { } key
            ? new RxDbAsked { SchemaVersion = version, Store = store, Key = key }
            : new RxDbAsked { Problem = Problem.Parameter("query", "primaryPath", "not-the-key", "The store's file says that its records have their key elsewhere; a key of several parts cannot be replicated.") };
    }

    private Problem? CheckVersion(string text, out int version)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version))
            return Problem.Parameter("path", "schemaVersion", "out-of-range", "The schema version is a whole number.");
        if (version < versions.Oldest)
            return new Problem(Problems.ClientOutdated, "The app is of a schema version that is no longer served. It has to be updated.");
        return version <= versions.Current ? null : new Problem(Problems.ServiceOutdated, $"The app is of schema version {version}, the service of {versions.Current}. Try again when it is updated.");
    }
}
