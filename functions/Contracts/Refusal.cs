using System.Diagnostics.CodeAnalysis;

namespace MyriadSync.Contracts;

/// <summary>Why something that a client or a job sent cannot be taken, ever. Expected, hence a value and no exception.</summary>
/// <param name="Reason">Stable kebab-case code, one of <see cref="RefusalReasons"/>; clients may switch on it.</param>
/// <param name="Pointer">JSON Pointer (RFC 6901) to the trouble, relative to what was read; empty for the whole of it.</param>
/// <param name="Detail">One English sentence for people. It never repeats record content.</param>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "A JSON Pointer is what it is.")]
public sealed record Refusal(string Reason, string Pointer, string Detail)
{
    /// <summary>The same refusal seen from further out: <paramref name="prefix"/> is the pointer to what was read.</summary>
    public Refusal Under(string prefix) => this with { Pointer = prefix + Pointer };
}
