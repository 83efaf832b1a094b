using MyriadSync.Contracts;

namespace MyriadSync.Triggers.Http;

/// <summary>Answers to cursors and page tokens whose log is no longer there.</summary>
internal static class Gone
{
    /// <summary>410 with the address to load from.</summary>
    /// <param name="dataset">A valid name.</param>
    /// <param name="reason"><c>epoch</c>, <c>retention</c> or <c>ahead</c>.</param>
    public static Problem Cursor(string dataset, string reason) => new(Problems.CursorGone, Detail(reason))
    {
        Extensions = new Dictionary<string, object> { ["reason"] = reason, ["snapshot"] = Routes.SnapshotAddress(dataset) },
    };

    private static string Detail(string reason) => reason switch
    {
        "epoch" => "The log was rebuilt since. Load the snapshot; what was not pushed yet stays yours.",
        "retention" => "What came after the cursor is no longer kept. Load the snapshot; what was not pushed yet stays yours.",
        "ahead" => "The cursor is ahead of the log. Load the snapshot; what was not pushed yet stays yours.",
        _ => "Load the snapshot; what was not pushed yet stays yours.",
    };
}
