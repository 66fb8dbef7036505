using Orleans.Story.Contracts.Staff;

namespace Orleans.Story.Grains.Staff;

/// <summary>What is kept of a staff account.</summary>
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

    /// <inheritdoc/>
    public Task Keep(StaffAccount account)
    {
        staff.State = new StaffState { Account = account };
        return staff.WriteStateAsync();
    }
}
