using System.Collections.Immutable;

namespace Orleans.Story.Tests.Conformance.Grains;

[Alias("test.IReminderGrain")]
public interface IReminderGrain : IGrainWithStringKey, IRemindable
{
    [Alias("Set")] Task<string> Set(string name, TimeSpan due, TimeSpan period);
    [Alias("Has")] Task<bool> Has(string name);
    [Alias("All")] Task<ImmutableArray<string>> All();
    [Alias("Unset")] Task Unset(string name);
}

public sealed class ReminderGrain(Support.Board board) : Grain, IReminderGrain
{
    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        board.Say($"{Key}:activated");
        return Task.CompletedTask;
    }

    public async Task<string> Set(string name, TimeSpan due, TimeSpan period) => (await this.RegisterOrUpdateReminder(name, due, period)).ReminderName;

    public async Task<bool> Has(string name) => await this.GetReminder(name) is not null;

    public async Task<ImmutableArray<string>> All() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal)];

    public async Task Unset(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        board.Say($"{Key}:{reminderName}");
        board.Say($"{Key}:{reminderName} first {status.FirstTickTime:O} period {status.Period} now {status.CurrentTickTime:O}");
        return Task.CompletedTask;
    }
}

[Alias("test.IForgetfulGrain")]
public interface IForgetfulGrain : IGrainWithStringKey
{
    [Alias("Set")] Task Set();
}

public sealed class ForgetfulGrain : Grain, IForgetfulGrain
{
    public Task Set() => this.RegisterOrUpdateReminder("never", TimeSpan.Zero, TimeSpan.FromMinutes(1));
}
