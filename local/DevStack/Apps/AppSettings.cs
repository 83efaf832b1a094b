using System.Globalization;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.DevStack.Apps;

/// <summary>The app's settings on a local stack: the same keys that a deployment sets.</summary>
internal static class AppSettings
{
    /// <summary>Settings by configuration key.</summary>
    public static IReadOnlyDictionary<string, string> Of(LocalStack stack, string stateFile)
    {
        var settings = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = stack.Storage,
            // Emptied, because a developer may have those of a deployment in the environment.
            ["Storage:ConnectionString"] = stack.Storage,
            ["Storage:AccountName"] = "",
            ["Auth:Authority"] = "",
            ["Auth:Issuer"] = DevTokens.Issuer,
            ["Auth:Audience"] = DevTokens.Audience,
            ["Auth:Keys"] = stack.Tokens.KeySet,
            ["Myriad:HBase:Endpoints:0"] = stack.HBaseAddress.ToString(),
            ["History:Schedule"] = "0 0 * * * *",
            ["Retention:Schedule"] = "0 30 3 * * *",
            ["Recovery:Schedule"] = "*/10 * * * * *",
            ["Myriad:Scan:Schedule"] = "*/5 * * * * *",
            ["Myriad:Audit:Schedule"] = "0 0 2 * * *",
            ["Stores:AllowUndeclared"] = "true",
            ["FunctionsRuntime:Port"] = stack.Options.Port.ToString(CultureInfo.InvariantCulture),
            ["FunctionsRuntime:StateFile"] = stateFile,
        };
        if (stack.Emulator is { } emulator)
            settings["Myriad:Scheduler:Endpoints:0"] = emulator.SchedulerAddress.ToString();
        foreach (var (key, value) in stack.Options.Settings)
            settings[key] = value;
        return settings;
    }
}
