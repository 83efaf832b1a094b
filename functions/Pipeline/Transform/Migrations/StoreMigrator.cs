using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Migrations;

/// <summary>Brings values, states and changes from one schema version of the app to another, by the migrations of their stores. Pure.</summary>
internal sealed class StoreMigrator : ISchemaVersions
{
    /// <summary>Reason of a change from an older version that cannot be said in the current one.</summary>
    public const string Reason = "migration";

    private readonly Dictionary<string, IReadOnlyList<StoreMigration>> _byStore;
    private readonly Dictionary<string, IStoreMigration> _code;

    public StoreMigrator(IStoreCatalog catalog, StoreOptions options, IEnumerable<NamedMigration> code)
    {
        _byStore = catalog.Declared.Where(store => store.Migrations.Count > 0).ToDictionary(store => store.Name, store => store.Migrations);
        _code = code.ToDictionary(named => named.Name, named => named.Migration);
        Current = options.SchemaVersion;
        Oldest = _byStore.Values.SelectMany(migrations => migrations).Where(migration => migration.Irreversible).Select(migration => migration.To).Append(options.OldestSchemaVersion).Max();
    }

    public int Current { get; }

    public int Oldest { get; }

    public RecordValue Convert(string store, RecordValue value, int from, int to)
    {
        var (start, end) = (Checked(store, from), to == 0 ? Current : to);
        return start <= end
            ? Steps(store, start, end).Aggregate(value, (lifted, step) => Up(step, lifted))
            : Steps(store, end, start).Reverse().Aggregate(value, (lowered, step) => Down(step, lowered));
    }

    public RecordState Lift(string store, RecordState state)
    {
        var from = Checked(store, state.SchemaVersion);
        if (!Steps(store, from, Current).Any())
        {
            return state.SchemaVersion == Current ? state : state with { SchemaVersion = Current };
        }

        var (value, clocks) = (state.Value, state.Clocks);
        foreach (var step in Steps(store, from, Current))
        {
            var lifted = value is null ? null : Up(step, value);
            clocks = step is RenameStep rename ? Renamed(clocks, rename, moved: !ReferenceEquals(lifted, value)) : clocks;
            value = lifted;
        }

        if (Equals(value, state.Value))
        {
            return state with { SchemaVersion = Current, Clocks = clocks };
        }

        var kept = ValueColumns.Of(value!).Select(column => column.Qualifier).ToHashSet();
        return state with
        {
            Value = value,
            Clocks = clocks,
            SchemaVersion = Current,
            Rewrite = true,
            Outgrown = [.. state.Outgrown, .. ValueColumns.Of(state.Value!).Select(column => column.Qualifier).Where(qualifier => !kept.Contains(qualifier))],
        };
    }

    /// <summary>A sound change as a client of the current version would have made it. What its version does not know is named in <see cref="Change.Keep"/>.</summary>
    /// <param name="change">The change.</param>
    /// <param name="from">The version that it was made in.</param>
    public Change Lift(Change change, int from)
    {
        if (change.Op == ChangeOp.Delete || !Steps(change.Store, from, Current).Any())
        {
            return change;
        }

        var keep = new List<string>();
        var patch = change.Patch;
        foreach (var step in Steps(change.Store, from, Current))
        {
            if (patch is not null)
            {
                var (lifted, refusal) = Up(step, patch);
                if (lifted is null)
                {
                    return change with { Refusal = refusal! with { Pointer = "" } };
                }

                patch = lifted;
            }

            Follow(step, keep);
        }

        return change with { Value = change.Value is null ? null : Convert(change.Store, change.Value, from, Current), Patch = patch, Keep = keep };
    }

    private void Follow(MigrationStep step, List<string> keep)
    {
        switch (step)
        {
            case RenameStep rename:
                for (var i = 0; i < keep.Count; i++)
                {
                    keep[i] = Pointers.Renamed(keep[i], rename.From, rename.To);
                }

                break;
            case DropStep drop: keep.RemoveAll(pointer => JsonPointers.IsAtOrIn(pointer, drop.Pointer)); break;
            case AddStep add: keep.Add(add.Pointer); break;
            case CodeStep code: keep.AddRange(_code[code.Name].Added); break;
        }
    }

    private (PatchBody? Patch, Refusal? Refusal) Up(MigrationStep step, PatchBody patch) => step is not CodeStep code ? PatchLift.Up(step, patch)
        : Try(patch, _code[code.Name].Lift) is { } lifted ? (lifted, null)
        : (null, new Refusal(Reason, "", $"The patch cannot be said in version {Current}."));

    private RecordValue Up(MigrationStep step, RecordValue value) => step is CodeStep code ? Try(value, _code[code.Name].Lift) ?? value : StepRunner.Up(step, value);

    private RecordValue Down(MigrationStep step, RecordValue value) => step is CodeStep code ? Try(value, _code[code.Name].Lower) ?? value : StepRunner.Down(step, value);

    /// <summary>The app's code must not take a pull or a whole batch down with it. Null: it threw.</summary>
    private static T? Try<T>(T from, Func<T, T?> code)
        where T : class
    {
        try
        {
            return code(from);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    private int Checked(string store, int from) =>
        from == 0 ? Current : from <= Current ? from : throw new NewerFormatException($"A record of store {store}", from, Current);

    private IEnumerable<MigrationStep> Steps(string store, int from, int to) =>
        from == to || !_byStore.TryGetValue(store, out var migrations) ? [] : migrations.Where(migration => migration.To > from && migration.To <= to).SelectMany(migration => migration.Steps);

    private static FieldClocks Renamed(FieldClocks clocks, RenameStep step, bool moved)
    {
        var (from, to) = (FieldPath.Of(step.From), FieldPath.Of(step.To));
        return from == to ? clocks : clocks with { Columns = Renamed(clocks.Columns, from, to, moved), Elements = Renamed(clocks.Elements, from, to, moved) };
    }

    /// <summary>A record may have had a field of the new name: the clocks that stay are those of the value that stays.</summary>
    private static IReadOnlyDictionary<string, T> Renamed<T>(IReadOnlyDictionary<string, T> byPath, string from, string to, bool moved)
    {
        var hasOld = byPath.Keys.Any(path => JsonPointers.IsAtOrIn(path, from));
        var hasNew = byPath.Keys.Any(path => JsonPointers.IsAtOrIn(path, to));
        var gone = !hasNew ? null : moved ? to : from;
        return hasOld || gone == to
            ? new SortedDictionary<string, T>(
                byPath.Where(pair => gone is null || !JsonPointers.IsAtOrIn(pair.Key, gone)).ToDictionary(pair => Pointers.Renamed(pair.Key, from, to), pair => pair.Value), StringComparer.Ordinal)
            : byPath;
    }
}
