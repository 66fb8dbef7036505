using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Rules.Staff;

namespace Orleans.Story.Grains.Staff;

/// <summary>
/// Stands before every grain: a method marked <see cref="ForRoleAttribute"/> runs only for a caller whose pass has the
/// role. All other methods cost one look into a table.
/// </summary>
/// <param name="door">Reads passes.</param>
public sealed class RoleFilter(StaffDoor door) : IIncomingGrainCallFilter
{
    /// <summary>By method: bounded by the methods there are.</summary>
    private static readonly ConcurrentDictionary<MethodInfo, ForRoleAttribute?> Needs = new();

    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context)
    {
        // Orleans's own calls may name no method.
        if (context.InterfaceMethod is not { } method || Needed(method) is not { } needs) return context.Invoke();
        if (door.Caller is { } caller && caller.HasOneOf(needs.Roles)) return context.Invoke();
        context.Result = Refused(method);
        return Task.CompletedTask;
    }

    private static ForRoleAttribute? Needed(MethodInfo method) =>
        Needs.GetOrAdd(method, static method => method.GetCustomAttribute<ForRoleAttribute>());

    /// <summary>A refusal where the method has a place for one.</summary>
    /// <exception cref="UnauthorizedAccessException">It has none.</exception>
    private static object Refused(MethodInfo method)
    {
        if (method.ReturnType == typeof(Task<Outcome>)) return new Outcome(StaffRefusals.NotAllowed);
        if (method.ReturnType == typeof(Task<Scheduling>)) return new Scheduling(null, StaffRefusals.NotAllowed);
        throw new UnauthorizedAccessException(StaffRefusals.NotAllowed.Sentence.In("en"));
    }
}
