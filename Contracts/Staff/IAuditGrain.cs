using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orleans.Story.Contracts.Staff;

/// <summary>
/// The audit log of a house; the key is the house's name. It holds what staff did: sign-ins, accounts, sessions scheduled,
/// commands given. Of a session's commands it is a copy; the session's own journal is the truth.
/// </summary>
[Alias("story.IAuditGrain")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>Puts an act on record; it is on disk when the answer says so. Refused with <c>busy</c>.</summary>
    [Alias("Note"), ForRole(StaffRoles.House)]
    Task<Outcome> Note(AuditEntry entry);

    /// <summary>The newest acts that fit, newest first.</summary>
    [Alias("Read"), ForRole(StaffRoles.Admin)]
    Task<AuditPage> Read(AuditQuery query);
}

/// <summary>What a member of staff did.</summary>
[GenerateSerializer, Alias("story.AuditAct"), JsonConverter(typeof(JsonStringEnumConverter<AuditAct>))]
public enum AuditAct
{
    /// <summary>Signed in.</summary>
    SignedIn,

    /// <summary>Somebody tried to sign in and was refused.</summary>
    SignInRefused,

    /// <summary>Signed out.</summary>
    SignedOut,

    /// <summary>Changed the own password.</summary>
    PasswordChanged,

    /// <summary>Made an account.</summary>
    AccountMade,

    /// <summary>Gave an account a new password.</summary>
    PasswordReset,

    /// <summary>Gave an account other roles.</summary>
    RolesChanged,

    /// <summary>Removed an account.</summary>
    AccountRemoved,

    /// <summary>Scheduled a session.</summary>
    SessionScheduled,

    /// <summary>Gave a session an operator's command.</summary>
    Commanded,

    /// <summary>Gave a session a director's command.</summary>
    Directed,
}

/// <summary>One act on record: who, when, what and why.</summary>
/// <param name="AtMs">When, UTC milliseconds; what the log itself sets.</param>
/// <param name="Act">What kind of act.</param>
/// <param name="By">The account that acted; empty where a sign-in was refused for a name that no account has.</param>
/// <param name="About">The account it was done to, if another's.</param>
/// <param name="Session">The session it was about.</param>
/// <param name="What">The command, the roles or the film.</param>
/// <param name="Reason">Why, in the words of who acted.</param>
/// <param name="Refused">The refusal's code, where it was tried and not done.</param>
/// <param name="Times">How many like it this entry stands for, from 1.</param>
[GenerateSerializer, Immutable, Alias("story.AuditEntry")]
public sealed record AuditEntry(
    [property: Id(0)] long AtMs,
    [property: Id(1)] AuditAct Act,
    [property: Id(2)] string By,
    [property: Id(3)] string? About = null,
    [property: Id(4)] SessionId? Session = null,
    [property: Id(5)] string? What = null,
    [property: Id(6)] string? Reason = null,
    [property: Id(7)] string? Refused = null,
    [property: Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Times = 0);

/// <summary>What of the log is wanted.</summary>
/// <param name="Before">Only entries before this one; 0 from the newest.</param>
/// <param name="Most">Entries at most, 1–500.</param>
/// <param name="Person">Only acts by or about this account, or <see langword="null"/>.</param>
/// <param name="Session">Only acts about this session, or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("story.AuditQuery")]
public sealed record AuditQuery(
    [property: Id(0)] long Before,
    [property: Id(1)] int Most,
    [property: Id(2)] string? Person = null,
    [property: Id(3)] SessionId? Session = null);

/// <summary>A page of the log.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="Next">
/// <see cref="AuditQuery.Before"/> of the page after it, 0 when there is none. A page may be short, even empty, and still
/// have a next one: one reading looks at so many entries and no more.
/// </param>
[GenerateSerializer, Immutable, Alias("story.AuditPage")]
public sealed record AuditPage([property: Id(0)] ImmutableArray<AuditRow> Rows, [property: Id(1)] long Next);

/// <summary>An entry with its number.</summary>
/// <param name="Number">Its place in the log, from 1, without gaps.</param>
/// <param name="Entry">The entry.</param>
[GenerateSerializer, Immutable, Alias("story.AuditRow")]
public sealed record AuditRow([property: Id(0)] long Number, [property: Id(1)] AuditEntry Entry);
