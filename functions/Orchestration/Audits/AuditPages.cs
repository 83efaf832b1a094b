using System.Security.Cryptography;
using System.Text;
using MyriadSync.ChangeLog;
using MyriadSync.Payloads;

namespace MyriadSync.Orchestration.Audits;

/// <summary>
/// The pages of audits with their keys. The keys lie beside the page under a name that has their digest in it: written before the page and removed after it,
/// so that a page never names others than its own.
/// </summary>
internal sealed class AuditPages(IAuditLedger ledger, IPayloadStore payloads)
{
    /// <summary>The page that starts at a place; where none does, one to the end of the table that nobody has looked at.</summary>
    public async Task<AuditPage> ReadAsync(string table, string start, CancellationToken cancellationToken) =>
        await ledger.ReadPageAsync(table, start, cancellationToken) ?? new AuditPage { Start = start, End = "" };

    /// <summary>The page's keys.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(AuditPage page, CancellationToken cancellationToken) =>
        page.Keys.Length > 0 && await payloads.GetAsync(page.Keys, cancellationToken) is { } stored ? Encoding.UTF8.GetString(stored.Span).Split('\n') : [];

    /// <summary>Writes a page in the place of one that started where it does.</summary>
    /// <param name="table">The table.</param>
    /// <param name="before">The page as it was.</param>
    /// <param name="end">Where it ends now.</param>
    /// <param name="keys">Its keys now, in ordinal order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WriteAsync(string table, AuditPage before, string end, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var digest = DigestOf(keys);
        if (before.Digest == digest && before.End == end)
        {
            return;
        }

        var name = keys.Count == 0 ? "" : $"audits/{table.Replace(':', '~')}/{DigestOf([before.Start])[..32]}-{digest}";
        if (name.Length > 0 && name != before.Keys)
        {
            await payloads.PutAsync(name, Encoding.UTF8.GetBytes(string.Join('\n', keys)), cancellationToken);
        }

        var page = new AuditPage
        {
            Start = before.Start,
            End = end,
            Count = keys.Count,
            First = keys.Count == 0 ? "" : keys[0],
            Last = keys.Count == 0 ? "" : keys[^1],
            Digest = digest,
            Keys = name,
        };
        await ledger.WritePageAsync(table, page, cancellationToken);
        if (before.Keys.Length > 0 && before.Keys != name)
        {
            await payloads.DeleteAsync(before.Keys, cancellationToken);
        }
    }

    /// <summary>Removes a page that another one has taken over.</summary>
    public async Task DropAsync(string table, AuditPage page, CancellationToken cancellationToken)
    {
        await ledger.DropPageAsync(table, page.Start, cancellationToken);
        if (page.Keys.Length > 0)
        {
            await payloads.DeleteAsync(page.Keys, cancellationToken);
        }
    }

    /// <summary>SHA-256 over keys.</summary>
    public static string DigestOf(IReadOnlyList<string> keys) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', keys))));
}
