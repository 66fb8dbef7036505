using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts.Staff;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>The sessions of one hall, by join code; the key is the hall's name (<c>main</c> where there is one).</summary>
[Alias("story.IHallGrain")]
public interface IHallGrain : IGrainWithStringKey
{
    /// <summary>
    /// Creates a session with a join code no other session of the hall has, and opens nothing yet. Refused as
    /// <see cref="ISessionGrain.Create"/> is; the join code in <paramref name="terms"/> is ignored.
    /// </summary>
    [Alias("Schedule"), ForRole(StaffRoles.Operator)]
    Task<Scheduling> Schedule(SessionTerms terms);

    /// <summary>The session with this join code (case and spaces do not matter), or <see langword="null"/>.</summary>
    /// <remarks>Answered while a session is being scheduled: nobody waits at the door for that.</remarks>
    [Alias("Find"), AlwaysInterleave]
    Task<SessionId?> Find(string joinCode);

    /// <summary>Every session of the hall, newest first, at most 2,000.</summary>
    [Alias("Sessions"), AlwaysInterleave]
    Task<ImmutableArray<HallSession>> Sessions();

    /// <summary>Takes a rehearsal off the list once nothing of it is left (<see cref="ISessionGrain.Discard"/>); anything else stays on it.</summary>
    [Alias("Withdraw"), ForRole(StaffRoles.Operator)]
    Task Withdraw(SessionId session);
}

/// <summary>A session of the hall.</summary>
/// <param name="Session">Its id.</param>
/// <param name="JoinCode">What a viewer types to join.</param>
/// <param name="CreatedMs">UTC milliseconds.</param>
/// <param name="ScheduledMs">When it is to begin, UTC milliseconds; 0 where nobody said.</param>
/// <param name="Rehearsal">Whether it is a rehearsal, which leaves the list when it is over.</param>
[GenerateSerializer, Immutable, Alias("story.HallSession")]
public sealed record HallSession(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] string JoinCode,
    [property: Id(2)] long CreatedMs,
    [property: Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long ScheduledMs = 0,
    [property: Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Rehearsal = false);

/// <summary>A new session, or why not.</summary>
/// <param name="Session">The session, or <see langword="null"/> when refused.</param>
/// <param name="Refusal">Why not, or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("story.Scheduling")]
public sealed record Scheduling([property: Id(0)] HallSession? Session, [property: Id(1)] Refusal? Refusal);
