using System.Reflection;

namespace Orleans;

/// <summary>A call on its way into a grain, as a filter sees it.</summary>
public interface IGrainCallContext
{
    /// <summary>The grain object.</summary>
    object Grain { get; }

    /// <summary>The calling grain, or <see langword="null"/> for a caller that is none. (On Orleans a client has an id too.)</summary>
    GrainId? SourceId { get; }

    /// <summary>The called grain.</summary>
    GrainId TargetId { get; }

    /// <summary>The interface the call came through, by its full name.</summary>
    string InterfaceName { get; }

    /// <summary>The method's name.</summary>
    string MethodName { get; }

    /// <summary>The method on the interface.</summary>
    MethodInfo InterfaceMethod { get; }

    /// <summary>What the call answered, once <see cref="Invoke"/> has ended; a filter may replace it.</summary>
    object? Result { get; set; }

    /// <summary>Goes on: to the next filter, and after the last to the grain. Throws what they throw.</summary>
    Task Invoke();
}

/// <inheritdoc/>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    /// <summary>The activation.</summary>
    IGrainContext TargetContext { get; }

    /// <summary>The method on the class.</summary>
    MethodInfo ImplementationMethod { get; }
}

/// <summary>
/// Runs around every call of every grain, in the grain's turn, in the order of registration. On Orleans it also sees timer
/// ticks and calls of Orleans's own: pass on what is foreign.
/// </summary>
public interface IIncomingGrainCallFilter
{
    /// <summary>Must call <see cref="IGrainCallContext.Invoke"/> unless it answers itself.</summary>
    Task Invoke(IIncomingGrainCallContext context);
}

/// <summary>A filter as a function.</summary>
public delegate Task IncomingGrainCallFilterDelegate(IIncomingGrainCallContext context);
