namespace MyriadSync.Security;

/// <summary>Checks tokens.</summary>
public interface ITokenValidator
{
    /// <summary>Who the token speaks for, or why it does not hold. Never throws for what the token is.</summary>
    /// <param name="token">The token itself, without <c>Bearer</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<TokenReading> ValidateAsync(string token, CancellationToken cancellationToken);
}
