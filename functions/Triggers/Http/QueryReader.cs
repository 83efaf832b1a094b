using System.Globalization;
using Microsoft.AspNetCore.Http;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.RxDb;

namespace MyriadSync.Triggers.Http;

/// <summary>Reads parameters of a query, each within bounds, and collects what is wrong with them. Unknown parameters are ignored.</summary>
internal sealed class QueryReader
{
    private const int MaxQueryChars = 8 * 1024;
    private const int MaxStores = 64;
    /// <summary>The token of a snapshot's page holds a row key, which may have more than a thousand characters.</summary>
    private const int MaxTokenChars = 4096;

    private readonly List<Refusal> _errors = [];
    private readonly IQueryCollection _query = QueryCollection.Empty;

    public QueryReader(HttpRequest request)
    {
        if (request.QueryString.Value is { Length: > MaxQueryChars })
            _errors.Add(new Refusal("too-long", "/query", $"A query may have {MaxQueryChars} characters."));
        else
            _query = request.Query;
    }

    /// <summary>What is wrong with the parameters read so far; null: nothing.</summary>
    public Problem? Problem => _errors.Count == 0 ? null : new Problem(Problems.InvalidParameter, _errors[0].Detail) { Errors = _errors };

    /// <summary>A whole number within bounds.</summary>
    public int Integer(string name, int min, int max, int otherwise)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        Error(name, "out-of-range", $"{name} is a whole number from {min} to {max}.");
        return otherwise;
    }

    /// <summary>A cursor of ours.</summary>
    public Cursor? Cursor(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Contracts.Cursor.TryParse(text, out var cursor))
            return cursor;
        Error(name, "not-a-cursor", $"{name} is a cursor as an answer gave it.");
        return null;
    }

    /// <summary>The checkpoint of an RxDB client by its <c>id</c>; empty, as absent, is none yet.</summary>
    public RxCheckpoint? RxCheckpoint(string name)
    {
        if (Token(name) is not { Length: > 0 } text)
            return null;
        var checkpoint = RxDb.RxCheckpoint.Parse(text);
        if (checkpoint is null)
            Error(name, "not-a-checkpoint", $"{name} is that of a checkpoint as an answer gave it.");
        return checkpoint;
    }

    /// <summary>A name within a length.</summary>
    public string? Name(string name, int maxChars)
    {
        var text = Token(name);
        if (text is null || (text.Length > 0 && text.Length <= maxChars))
            return text;
        Error(name, "out-of-range", $"{name} has 1 to {maxChars} characters.");
        return null;
    }

    /// <summary>Store names with commas between; null: not given, so all.</summary>
    public IReadOnlyList<string>? Stores(string name)
    {
        if (Text(name) is not { } text)
            return null;
        var stores = text.Split(',', MaxStores + 1);
        if (stores.Length > MaxStores)
            Error(name, "too-many-stores", $"{name} takes {MaxStores} names.");
        else if (!Array.TrueForAll(stores, store => NameRules.IsStore(store)))
            Error(name, "invalid-store", $"{name} is a list of names with commas between; each is 1 to 64 of A-Z a-z 0-9 - _ . and begins with a letter or digit.");
        return stores;
    }

    /// <summary>One of a few words.</summary>
    public string? Word(string name, IReadOnlyCollection<string> words)
    {
        var text = Text(name);
        if (text is null || words.Contains(text))
            return text;
        Error(name, "unknown-word", $"{name} is one of {string.Join(", ", words)}.");
        return null;
    }

    /// <summary>A store's name.</summary>
    public string? Store(string name)
    {
        var text = Text(name);
        if (text is null || NameRules.IsStore(text))
            return text;
        Error(name, "invalid-store", "A store is 1 to 64 of A-Z a-z 0-9 - _ . and begins with a letter or digit.");
        return null;
    }

    /// <summary>A client's id.</summary>
    public string? ClientId(string name)
    {
        var text = Text(name);
        if (text is null || NameRules.IsClientId(text))
            return text;
        Error(name, "invalid-id", "An id has 1-64 of A-Z a-z 0-9 - _.");
        return null;
    }

    /// <summary>An opaque token.</summary>
    public string? Token(string name)
    {
        var text = Text(name);
        if (text is not { Length: > MaxTokenChars })
            return text;
        Error(name, "too-long", $"{name} has {text.Length} characters.");
        return null;
    }

    private string? Text(string name)
    {
        var values = _query[name];
        if (values.Count > 1)
            Error(name, "given-twice", $"{name} is given more than once.");
        return values.Count == 1 ? values[0] : null;
    }

    private void Error(string name, string reason, string detail) => _errors.Add(new Refusal(reason, $"/query/{name}", detail));
}
