using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Rules.Staff;

namespace Orleans.Story.Grains.Staff;

/// <summary>What is kept of a house's accounts.</summary>
public sealed record StaffBookState
{
    /// <summary>By name.</summary>
    public ImmutableArray<StaffMember> Members { get; init; } = [];
}

/// <inheritdoc cref="IStaffBookGrain"/>
public sealed class StaffBookGrain([PersistentState("staff-book")] IPersistentState<StaffBookState> kept, StaffDoor door, TimeProvider time) : Grain, IStaffBookGrain
{
    /// <summary>The one account that versions before this book could make.</summary>
    private const string Inherited = "operator";

    private StaffBook Book => new(kept.State.Members);

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (kept.RecordExists) return;
        using var house = door.SpeakAsHouse();
        if (await GrainFactory.Staff(Inherited).Account() is { } account) await Keep(new StaffBook([new StaffMember(Inherited, account)]));
    }

    /// <inheritdoc/>
    public Task<StaffAccount?> Account(string name) => Task.FromResult(Book.Find(name));

    /// <inheritdoc/>
    public async Task<bool> MakeFirst(string name, string passwordHash, bool reset, bool mustChange)
    {
        if (!reset && !Book.Members.IsEmpty) return Book.Find(name)?.PasswordHash == passwordHash;
        var act = Book.Find(name) is null ? AuditAct.AccountMade : AuditAct.PasswordReset;
        var outcome = await Act(StaffRules.MakeFirst(Book, name, passwordHash, mustChange, NowMs), act, name, "", null);
        return outcome.IsDone;
    }

    /// <inheritdoc/>
    public Task<Outcome> ChangeOwn(string name, string passwordHash) =>
        Act(StaffRules.ChangeOwn(Book, name, passwordHash, NowMs), AuditAct.PasswordChanged, null, "", null, by: name);

    /// <inheritdoc/>
    public Task Rehash(string name, string oldHash, string newHash)
    {
        var next = StaffRules.Rehash(Book, name, oldHash, newHash);
        return next == Book ? Task.CompletedTask : Keep(next);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<StaffCard>> List() => Task.FromResult<ImmutableArray<StaffCard>>(
        [.. Book.Members.Select(member => new StaffCard(member.Name, member.Account.Roles, member.Account.SinceMs, member.Account.MustChange))]);

    /// <inheritdoc/>
    public Task<Outcome> Make(string name, string passwordHash, ImmutableArray<string> roles, string reason) =>
        Act(StaffRules.Make(Book, name, passwordHash, roles, NowMs), AuditAct.AccountMade, name, reason, roles);

    /// <inheritdoc/>
    public Task<Outcome> Reset(string name, string passwordHash, string reason) =>
        Act(StaffRules.Reset(Book, name, passwordHash, NowMs), AuditAct.PasswordReset, name, reason, null);

    /// <inheritdoc/>
    public Task<Outcome> SetRoles(string name, ImmutableArray<string> roles, string reason) =>
        Act(StaffRules.SetRoles(Book, name, roles, NowMs), AuditAct.RolesChanged, name, reason, roles);

    /// <inheritdoc/>
    public Task<Outcome> Remove(string name, string reason) =>
        Act(StaffRules.Remove(Book, name), AuditAct.AccountRemoved, name, reason, null);

    /// <summary>On record first: what cannot be recorded is not done.</summary>
    private async Task<Outcome> Act(StaffDecision decision, AuditAct act, string? about, string reason, ImmutableArray<string>? roles, string? by = null)
    {
        if (reason.Length > StaffRules.LongestReason) return new Outcome(StaffRefusals.BadReason);
        if (decision.Refusal is { } refusal) return new Outcome(refusal);
        by ??= door.Caller?.Name ?? "";
        var what = roles is { } ordered ? string.Join(' ', StaffRules.Ordered(ordered)!.Value) : null;
        using (door.SpeakAsHouse())
        {
            var noted = await GrainFactory.Audit().Note(new AuditEntry(0, act, by, about, What: what, Reason: reason.Length == 0 ? null : reason));
            if (!noted.IsDone) return noted;
        }

        await Keep(decision.Book!);
        return Outcome.Done;
    }

    private Task Keep(StaffBook book)
    {
        kept.State = new StaffBookState { Members = book.Members };
        return kept.WriteStateAsync();
    }
}
