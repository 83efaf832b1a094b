namespace MyriadSync.Poison;

/// <summary>What an item that comes in makes of the entry of its id. Pure; items come twice, late, and in any order.</summary>
internal static class PoisonRules
{
    /// <summary>Why a held record's entry is closed.</summary>
    public const string Released = "The cluster takes the record again.";

    /// <summary>The entry to store; null: nothing changes.</summary>
    /// <param name="entry">The entry as it is; null: there is none.</param>
    /// <param name="item">What came in.</param>
    /// <param name="now">UTC.</param>
    public static PoisonEntry? Take(PoisonEntry? entry, PoisonItem item, DateTimeOffset now) => (entry, item) switch
    {
        (null, { Released: true }) => New(item, now).Redriven(item.By, Released, now),
        (null, _) => New(item, now),
        ({ State: PoisonState.Open }, { Released: true }) => entry.Redriven(item.By, Released, now) with { Rev = item.Seq },
        (_, { Released: true }) => null,
        ({ State: not PoisonState.Redriven }, { Kind: PoisonKinds.Held }) when item.Seq > entry.Item.Seq => Refused(entry, item, now),
        ({ State: not PoisonState.Open }, { Kind: PoisonKinds.Message }) => entry.FailedAgain(item.Reason, item.Detail, now),
        _ => null,
    };

    private static PoisonEntry New(PoisonItem item, DateTimeOffset now) => new() { Item = item, FirstSeen = now, LastSeen = now };

    /// <summary>A newer state of a held record was refused as well: because an operator tried again, or because somebody edited it.</summary>
    private static PoisonEntry Refused(PoisonEntry entry, PoisonItem item, DateTimeOffset now) =>
        entry with { Item = item, Attempts = entry.Attempts + (item.Redriven ? 1 : 0), LastSeen = now };
}
