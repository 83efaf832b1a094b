using MyriadSync.Contracts;

namespace MyriadSync.Orchestration;

/// <summary>Who sends a batch, or asks how it stands.</summary>
/// <param name="Sub">The user.</param>
/// <param name="Roles">Those of their roles that stores' files name.</param>
/// <param name="Scope">What they may see.</param>
internal sealed record BatchSender(string Sub, IReadOnlyList<string> Roles, ReadScope Scope);
