namespace Orleans.Story.Gateway.Hosting;

/// <summary>Whether this process is on its way out: it takes no newcomers, and says so at <c>/readyz</c>.</summary>
internal sealed class Draining
{
    /// <summary>Set once, when the process was asked to stop.</summary>
    public bool Started { get; private set; }

    /// <summary>From now on.</summary>
    public void Start() => Started = true;
}
