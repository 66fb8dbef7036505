namespace Orleans
{
    /// <summary>A grain that can be reminded, by name, also after the process was restarted.</summary>
    public interface IRemindable : IGrain
    {
        /// <summary>A tick. Faults are logged; the next tick comes all the same.</summary>
        Task ReceiveReminder(string reminderName, TickStatus status);
    }

    /// <summary>What a grain may do with its reminders. Periods are a minute or longer; due times may be shorter.</summary>
    public static class GrainReminderExtensions
    {
        /// <summary>Sets a reminder; one of the same name is replaced.</summary>
        /// <exception cref="InvalidOperationException">The grain is not <see cref="IRemindable"/>, or it is not in its turn.</exception>
        /// <exception cref="ArgumentException">The period is below the configured floor, or a time is negative or infinite.</exception>
        /// <exception cref="ReminderException">Another writer was faster.</exception>
        public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
            => grain is IRemindable
                ? Registry(grain).RegisterOrUpdateReminder(grain.GrainContext.GrainId, reminderName, dueTime, period)
                : throw new InvalidOperationException($"Grain {grain.GrainContext.GrainId} is not '{nameof(IRemindable)}'.");

        /// <summary>Ends a reminder.</summary>
        /// <exception cref="ReminderException">It has been replaced since it was got.</exception>
        public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) => Registry(grain).UnregisterReminder(grain.GrainContext.GrainId, reminder);

        /// <summary>The reminder of this name, or <see langword="null"/>.</summary>
        public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) => Registry(grain).GetReminder(grain.GrainContext.GrainId, reminderName);

        /// <summary>Every reminder of the grain.</summary>
        public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) => Registry(grain).GetReminders(grain.GrainContext.GrainId);

        private static Timers.IReminderRegistry Registry(IGrainBase grain)
        {
            Story.Embedded.Activation.Running((grain.GrainContext as Story.Embedded.Activation)!);
            return grain.GrainContext.ActivationServices.GetRequiredService<Timers.IReminderRegistry>();
        }
    }
}

namespace Orleans.Runtime
{
    /// <summary>A reminder that is set.</summary>
    public interface IGrainReminder
    {
        /// <summary>Its name.</summary>
        string ReminderName { get; }
    }

    /// <summary>Which tick it is.</summary>
    [GenerateSerializer, Immutable]
    public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        /// <summary>When the first one was due, UTC.</summary>
        [Id(0)]
        public DateTime FirstTickTime { get; } = firstTickTime;

        /// <summary>Between ticks.</summary>
        [Id(1)]
        public TimeSpan Period { get; } = period;

        /// <summary>When this one was sent, UTC.</summary>
        [Id(2)]
        public DateTime CurrentTickTime { get; } = timeStamp;
    }

    /// <summary>A reminder could not be written.</summary>
    [GenerateSerializer]
    public sealed class ReminderException(string message) : OrleansException(message);
}

namespace Orleans.Timers
{
    /// <summary>Sets and ends reminders.</summary>
    public interface IReminderRegistry
    {
        /// <inheritdoc cref="GrainReminderExtensions.RegisterOrUpdateReminder"/>
        Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period);

        /// <inheritdoc cref="GrainReminderExtensions.UnregisterReminder"/>
        Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder);

        /// <inheritdoc cref="GrainReminderExtensions.GetReminder"/>
        Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName);

        /// <inheritdoc cref="GrainReminderExtensions.GetReminders"/>
        Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId);
    }
}
