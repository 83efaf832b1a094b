using System.Text.RegularExpressions;

namespace MyriadSync.MyriadEmulator.Scheduler;

/// <summary>The four flex calls: the first check that fails answers.</summary>
internal sealed class FlexOperations(SchedulerOptions options, TaskBoard tasks)
{
    private const string ConstraintFormat = "Format: '<mesos_slave_attribute|hostname> LIKE <value_regex>'";

    public SchedulerAnswer FlexUp(FlexRequest request) => Check(request) ?? Do(() => tasks.Add("nm", request.Name!, request.Instances!.Value, Constraint(request)));

    public SchedulerAnswer FlexDown(FlexRequest request)
    {
        if (Check(request) is { } refusal)
            return refusal;
        var wanted = request.Instances!.Value;
        var available = tasks.Count(null, request.Name);
        tasks.Kill(null, request.Name, wanted, Constraint(request));
        return available >= wanted
            ? SchedulerAnswer.Accepted()
            : SchedulerAnswer.Accepted(
                "Number of requested instances for flexdown is greater than the number of Node Managers previously flexed up for "
                + $"profile '{request.Name}'. Requested: {wanted}, Previously flexed Up: {available}. Only {available} Node Managers will be flexed down.");
    }

    public SchedulerAnswer FlexUpService(FlexRequest request)
    {
        if (CheckInstances(request) is { } refusal)
            return refusal;
        if (options.Services.Count == 0)
            return SchedulerAnswer.Failed("Internal Server Error");
        if (request.Name is null || !options.Services.TryGetValue(request.Name, out var limit))
            return SchedulerAnswer.Failed("value is absent");
        var requested = tasks.Count(request.Name, null) + request.Instances!.Value;
        return limit > 0 && requested > limit
            ? SchedulerAnswer.BadRequest(
                $"Current number of active, staging, pending instances and requested: {requested}, while it is greater then max instances allowed: {limit}")
            : Do(() => tasks.Add(request.Name, request.Name, request.Instances!.Value, null));
    }

    public SchedulerAnswer FlexDownService(FlexRequest request)
    {
        if (CheckInstances(request) is { } refusal)
            return refusal;
        if (request.Name is null)
            return SchedulerAnswer.Failed("Internal Server Error");
        var available = tasks.Count(request.Name, null);
        tasks.Kill(request.Name, null, request.Instances!.Value, null);
        return available >= request.Instances ? SchedulerAnswer.Accepted() : SchedulerAnswer.Accepted("Number of requested instances is greater than available.");
    }

    private static SchedulerAnswer Do(Action change)
    {
        change();
        return SchedulerAnswer.Accepted();
    }

    private static string? Constraint(FlexRequest request) => request.Constraints is { Count: 1 } only ? only[0] : null;

    private SchedulerAnswer? Check(FlexRequest request)
    {
        if (string.IsNullOrEmpty(request.Name))
            return SchedulerAnswer.BadRequest("'profile' is null or empty");
        // Profiles and services share one table.
        if (!options.Profiles.ContainsKey(request.Name) && !options.Services.ContainsKey(request.Name))
            return SchedulerAnswer.BadRequest($"Profile does not exist: '{request.Name}'");
        return CheckInstances(request) ?? CheckConstraints(request.Constraints);
    }

    private static SchedulerAnswer? CheckInstances(FlexRequest request) => request.Instances switch
    {
        null => SchedulerAnswer.BadRequest("'instances' is null"),
        <= 0 and var size => SchedulerAnswer.BadRequest($"Invalid instance size: {size}"),
        _ => null,
    };

    private static SchedulerAnswer? CheckConstraints(IReadOnlyList<string?>? constraints)
    {
        if (constraints is null or { Count: 0 })
            return null;
        if (constraints.Count > 1)
            return SchedulerAnswer.BadRequest($"Only 1 constraint is currently supported. Received: [{string.Join(", ", constraints)}]");
        if (constraints[0] is not { } constraint)
            return SchedulerAnswer.Failed("Cannot invoke \"String.isEmpty()\" because \"constraint\" is null");
        if (constraint.Length == 0)
            return SchedulerAnswer.BadRequest($"The value provided for 'constraints' is empty. {ConstraintFormat}");
        var parts = constraint.Split(" LIKE ");
        if (parts.Length != 2)
            return SchedulerAnswer.BadRequest($"Invalid format for LIKE operator in constraint: {constraint}. {ConstraintFormat}");
        return IsRegex(parts[1]) ? null : SchedulerAnswer.BadRequest($"Invalid regex for LIKE operator in constraint: {constraint}");
    }

    private static bool IsRegex(string pattern)
    {
        try
        {
            _ = new Regex(pattern);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
