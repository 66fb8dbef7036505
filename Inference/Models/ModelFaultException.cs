namespace Orleans.Story.Inference.Models;

/// <summary>What went wrong with a model server.</summary>
public enum ModelFault
{
    /// <summary>It cannot be reached, or the connection broke.</summary>
    Unreachable,

    /// <summary>It refused the key.</summary>
    Unauthorized,

    /// <summary>It has too much to do (429, 503).</summary>
    Busy,

    /// <summary>It failed (any other status).</summary>
    Failed,

    /// <summary>Nothing came for too long.</summary>
    Silent,

    /// <summary>It said nothing, or nothing that can be read.</summary>
    Empty,

    /// <summary>It did not stop.</summary>
    Endless,

    /// <summary>Its context has no room for this film.</summary>
    TooSmall,

    /// <summary>No endpoint may be asked now: all are resting, or the show's budget is spent.</summary>
    NoneLeft,
}

/// <summary>A model gave no usable answer. Its message names the endpoint and never a key, an address or what was said.</summary>
public sealed class ModelFaultException(ModelFault fault, string message, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What went wrong.</summary>
    public ModelFault Fault => fault;

    /// <summary>How long the server asked to be left alone, if it did.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}
