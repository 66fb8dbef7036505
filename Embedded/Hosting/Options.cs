namespace Orleans.Configuration
{
    /// <summary>How calls are sent.</summary>
    public abstract class MessagingOptions
    {
        /// <summary>How long a caller waits for an answer before <see cref="TimeoutException"/>. The callee is not stopped by it.</summary>
        public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

        /// <summary>A caller that gives up also cancels the callee's token.</summary>
        public bool CancelRequestOnTimeout { get; set; }
    }

    /// <summary>For calls of grains, and of the host's own code.</summary>
    public class SiloMessagingOptions : MessagingOptions
    {
        /// <summary>How often a call is sent on when the activation it came to ends before taking it.</summary>
        public int MaxForwardCount { get; set; } = 2;
    }

    /// <summary>For calls of a client that is not in the silo, which here only a test cluster has.</summary>
    public class ClientMessagingOptions : MessagingOptions;

    /// <summary>When idle activations end.</summary>
    public class GrainCollectionOptions
    {
        /// <summary>How often idle activations are looked for.</summary>
        public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

        /// <summary>How long an activation may lie idle, where its class says nothing.</summary>
        public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

        /// <summary>How long state and <see cref="IGrainBase.OnActivateAsync"/> may take.</summary>
        public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

        /// <summary>How long <see cref="IGrainBase.OnDeactivateAsync"/> may take.</summary>
        public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
    }

    /// <summary>The grains of this silo: every class in the application's folder, unless some are taken out.</summary>
    public class GrainTypeOptions
    {
        /// <summary>The grain classes.</summary>
        public HashSet<Type> Classes { get; } = [];
    }
}

namespace Orleans.Hosting
{
    /// <summary>Limits of reminders.</summary>
    public sealed class ReminderOptions
    {
        /// <summary>The shortest period.</summary>
        public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

        /// <summary>How far ahead Orleans keeps a reminder in memory. Here every one is, so it has no effect.</summary>
        public TimeSpan ReminderLoadingWindow { get; set; } = TimeSpan.FromMinutes(10);
    }
}

namespace Orleans.Runtime
{
    /// <summary>Keys of the clocks that areas of the engine use; without one of its own an area uses the application's <see cref="TimeProvider"/>.</summary>
    public static class TimeProviderNames
    {
        /// <summary>Grain timers.</summary>
        public const string Grains = "Orleans.Grains";

        /// <summary>Idle activations.</summary>
        public const string ActivationManagement = "Orleans.ActivationManagement";
    }
}

namespace Orleans.Reminders
{
    /// <inheritdoc cref="TimeProviderNames"/>
    public static class ReminderTimeProviderNames
    {
        /// <summary>Reminders.</summary>
        public const string Reminders = "Orleans.Reminders";
    }
}
