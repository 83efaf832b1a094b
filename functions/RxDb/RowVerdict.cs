namespace MyriadSync.RxDb;

/// <summary>What is to be done about a row.</summary>
internal enum RowVerdict
{
    /// <summary>Nothing: the record is what the client made of it.</summary>
    Done,

    /// <summary>The record in effect goes back: the row can never be taken, was taken before, or says nothing.</summary>
    Return,

    /// <summary>It is a change.</summary>
    Push,
}
