using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Timers;

namespace Orleans.Story.Embedded;

/// <summary>Keeps the table and rings the reminders in it. The process is the table's only writer, so it is read once.</summary>
internal sealed class ReminderService(IReminderTable table, Engine engine, IOptions<ReminderOptions> options) : IReminderRegistry
{
    private readonly TimeProvider _clock = Engine.Clock(engine.Services, ReminderTimeProviderNames.Reminders);
    private readonly Dictionary<(GrainId, string), Ringing> _ringing = [];
    private readonly Lock _gate = new();

    public async Task StartAsync(CancellationToken cancellation)
    {
        await table.StartAsync(cancellation);
        foreach (var entry in (await table.ReadRows(0, 0)).Reminders)
        {
            Ring(entry);
        }
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            foreach (var ringing in _ringing.Values)
            {
                ringing.Dispose();
            }

            _ringing.Clear();
        }

        await table.StopAsync(cancellation);
    }

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        if (period < options.Value.MinimumReminderPeriod)
        {
            throw new ArgumentException($"Reminder {reminderName} has a period of {period}; the shortest allowed is {options.Value.MinimumReminderPeriod}.", nameof(period));
        }

        var entry = new ReminderEntry { GrainId = callingGrainId, ReminderName = reminderName, StartAt = _clock.GetUtcNow().UtcDateTime + dueTime, Period = period };
        entry.ETag = await table.UpsertRow(entry) ?? throw new ReminderException($"Could not register reminder {entry}: another writer was faster. Try again.");
        Ring(entry);
        return new Reminder(reminderName, entry.ETag);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        var known = (Reminder)reminder;
        if (!await table.RemoveRow(callingGrainId, known.ReminderName, known.ETag) && await table.ReadRow(callingGrainId, known.ReminderName) is not null)
        {
            throw new ReminderException($"Could not unregister reminder {known.ReminderName} of {callingGrainId}: it has been replaced. You can retry.");
        }

        lock (_gate)
        {
            if (_ringing.Remove((callingGrainId, known.ReminderName), out var ringing))
            {
                ringing.Dispose();
            }
        }
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        return await table.ReadRow(callingGrainId, reminderName) is { } entry ? new Reminder(entry.ReminderName, entry.ETag!) : null;
    }

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId)
        => [.. (await table.ReadRows(callingGrainId)).Reminders.Select(entry => new Reminder(entry.ReminderName, entry.ETag!))];

    private void Ring(ReminderEntry entry)
    {
        lock (_gate)
        {
            if (_ringing.Remove((entry.GrainId, entry.ReminderName), out var old))
            {
                old.Dispose();
            }

            _ringing.Add((entry.GrainId, entry.ReminderName), new Ringing(entry, _clock, TickAsync));
        }
    }

    private async Task TickAsync(ReminderEntry entry)
    {
        try
        {
            await engine.Client.ReferenceTo<IRemindable>(entry.GrainId).ReceiveReminder(entry.ReminderName, new TickStatus(entry.StartAt, entry.Period, _clock.GetUtcNow().UtcDateTime));
        }
        catch (Exception exception)
        {
            engine.Log.LogError(exception, "Reminder {Name} did not reach {Grain}; the next tick comes in its time.", entry.ReminderName, entry.GrainId);
        }
    }

    private sealed record Reminder(string ReminderName, string ETag) : IGrainReminder;
}
