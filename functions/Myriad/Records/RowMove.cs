namespace MyriadSync.Myriad.Records;

/// <summary>The steps that lay a row out anew, one after the other. A crash between two of them is mended by doing all of them again.</summary>
/// <param name="Put">The new layout, with a note of what is left over; null: it is there already.</param>
/// <param name="Delete">The columns that only the old layout had; null: none.</param>
/// <param name="Note">Tells that nothing is left over; null: nothing was.</param>
internal sealed record RowMove(RowPut? Put, RowDelete? Delete, RowPut? Note);
