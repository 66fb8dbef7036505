namespace Orleans.Story.Embedded;

/// <summary>Something a grain does: a call, a timer tick, its beginning or its end.</summary>
internal abstract class Turn
{
    private static readonly AsyncLocal<Turn?> s_current = new();

    /// <summary>The turn this code belongs to, also after leaving the grain's scheduler; <see langword="null"/> outside grains.</summary>
    public static Turn? Current
    {
        get => s_current.Value;
        protected set => s_current.Value = value;
    }

    public GrainId Grain { get; init; }

    /// <summary>What made it, while that may still wait for it: the chain a timeout shows, and no longer than that.</summary>
    public Turn? Caller { get; set; }

    /// <summary>Starts whatever else runs.</summary>
    public virtual bool Interleaves => false;

    /// <summary>Starts beside others of its kind.</summary>
    public virtual bool ReadOnly => false;

    /// <summary>Counts as use of the activation.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Nobody waits for it any more, so it need not start.</summary>
    public virtual bool IsOver => false;

    /// <summary>Its place in the mailbox.</summary>
    public LinkedListNode<Turn>? Place { get; set; }

    /// <summary>Does it. Never throws.</summary>
    public abstract Task RunAsync(Activation activation);

    /// <summary>It will never run.</summary>
    public virtual void Refuse(Exception why)
    {
    }

    /// <summary>The turns that led here, outermost first.</summary>
    public string Chain() => Caller is null ? ToString()! : $"{Caller.Chain()} → {this}";

    /// <summary>The beginning and the end of an activation.</summary>
    public sealed class Lifecycle(string name) : Turn
    {
        public void Enter() => Current = this;

        public override Task RunAsync(Activation activation) => Task.CompletedTask;

        public override string ToString() => $"{Grain}.{name}";
    }
}
