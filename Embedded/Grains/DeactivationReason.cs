namespace Orleans;

/// <summary>Why an activation ends.</summary>
[GenerateSerializer]
public enum DeactivationReasonCode : byte
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>The process stops.</summary>
    ShuttingDown,

    /// <summary>Its constructor, its state or <see cref="IGrainBase.OnActivateAsync"/> failed.</summary>
    ActivationFailed,

    /// <summary>Only in a cluster.</summary>
    DirectoryFailure,

    /// <summary>Nobody called for its age limit.</summary>
    ActivationIdle,

    /// <summary>Only on Orleans.</summary>
    ActivationUnresponsive,

    /// <summary>Only in a cluster.</summary>
    DuplicateActivation,

    /// <summary>Only in a cluster.</summary>
    IncompatibleRequest,

    /// <summary>A call let an <see cref="Storage.InconsistentStateException"/> out.</summary>
    ApplicationError,

    /// <summary>The grain asked.</summary>
    ApplicationRequested,

    /// <summary>Only in a cluster.</summary>
    Migrating,

    /// <summary>The engine decided.</summary>
    RuntimeRequested,

    /// <summary>Only on Orleans.</summary>
    HighMemoryPressure,
}

/// <summary>Why an activation ends, with words.</summary>
public readonly struct DeactivationReason
{
    /// <summary>A reason without a fault.</summary>
    public DeactivationReason(DeactivationReasonCode code, string text) : this(code, exception: null, text)
    {
    }

    /// <summary>A reason with the fault behind it.</summary>
    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
    {
        ReasonCode = code;
        Exception = exception;
        Description = text;
    }

    /// <summary>For people.</summary>
    public string Description { get; }

    /// <summary>For code.</summary>
    public DeactivationReasonCode ReasonCode { get; }

    /// <summary>The fault, if there was one.</summary>
    public Exception? Exception { get; }

    /// <inheritdoc/>
    public override string ToString() => Exception is null ? $"{ReasonCode}: {Description}" : $"{ReasonCode}: {Description}. Exception: {Exception}";
}
