namespace Orleans.Story.Silo;

/// <summary>What a silo does.</summary>
[Flags]
public enum StoryRoles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Sessions, audiences, films and viewers.</summary>
    Story = 1,

    /// <summary>One inference worker, started and leased to the pool.</summary>
    Gpu = 2,

    /// <summary>Everything in one process.</summary>
    All = Story | Gpu,
}
