using Orleans.Story.Contracts.Staff;

namespace Orleans.Story.Grains.Staff;

/// <summary>What was kept of a staff account before there was a book of them.</summary>
public sealed record StaffState
{
    /// <summary>The account, once it was created.</summary>
    public StaffAccount? Account { get; init; }
}

/// <inheritdoc cref="IStaffGrain"/>
public sealed class StaffGrain([PersistentState("staff")] IPersistentState<StaffState> staff) : Grain, IStaffGrain
{
    /// <inheritdoc/>
    public Task<StaffAccount?> Account() => Task.FromResult(staff.State.Account);
}
