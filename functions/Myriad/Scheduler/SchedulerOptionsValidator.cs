using Microsoft.Extensions.Options;

namespace MyriadSync.Myriad.Scheduler;

/// <summary>Names the setting that is wrong and what it should be.</summary>
internal sealed class SchedulerOptionsValidator : IValidateOptions<SchedulerOptions>
{
    public ValidateOptionsResult Validate(string? name, SchedulerOptions options)
    {
        List<string> failures = [];
        foreach (var endpoint in options.Endpoints)
        {
            if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https"))
                failures.Add($"{SchedulerOptions.Section}:Endpoints holds '{endpoint}', which is no http or https address.");
        }

        if (options.Timeout < TimeSpan.FromSeconds(0.1) || options.Timeout > TimeSpan.FromSeconds(30))
            failures.Add($"{SchedulerOptions.Section}:Timeout is {options.Timeout}: it must lie between 0.1 s and 30 s.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
