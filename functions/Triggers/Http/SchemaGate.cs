using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Triggers.Http;

/// <summary>Which schema versions of the app are served.</summary>
internal sealed class SchemaGate(ISchemaVersions versions)
{
    /// <summary>The version of whoever does not say.</summary>
    public int Current => versions.Current;

    /// <summary>Null: the version is within the window. Otherwise 409, and nothing is stored: the client keeps its outbox.</summary>
    public Problem? Check(int version) =>
        version < versions.Oldest ? Outside(Problems.SchemaTooOld, $"Schema version {version} is no longer served; the oldest is {versions.Oldest}. Update the app; what was not pushed yet stays yours.")
        : version > versions.Current ? Outside(Problems.SchemaTooNew, $"Schema version {version} is not known here yet; the newest is {versions.Current}. Try again once the server is updated.")
        : null;

    private Problem Outside(string code, string detail) => new(code, detail)
    {
        Extensions = new Dictionary<string, object> { ["current"] = (long)versions.Current, ["oldest"] = (long)versions.Oldest },
    };
}
