namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Entry point of a functions app.</summary>
public class FunctionsApplication
{
    /// <summary>A builder with the settings of environment, <c>local.settings.json</c> and command line.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args ?? throw new ArgumentNullException(nameof(args)));
}
