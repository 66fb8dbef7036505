namespace Orleans.Story.Rules.Films.Reading;

/// <summary>What something is called within a sentence: "the place pier" and 场景 pier.</summary>
/// <param name="En">In English.</param>
/// <param name="Zh">In Chinese.</param>
internal readonly record struct Called(string En, string Zh)
{
    public static Called Character { get; } = new("the character", "角色");

    public static Called Place { get; } = new("the place", "场景");

    public static Called Promise { get; } = new("the promise", "承诺");

    public static Called Fact { get; } = new("the fact", "事实");

    public static Called Act { get; } = new("the act", "幕");

    public static Called Storylet { get; } = new("the storylet", "片段");

    public static Called Line { get; } = new("the line", "这一行");

    public static Called WarmUp { get; } = new("the warm-up", "热身（warmup）");

    /// <summary>The Chinese name with Chinese words to follow: after a letter or digit comes a space.</summary>
    public string Subject => char.IsAsciiLetterOrDigit(Zh[^1]) ? Zh + " " : Zh;

    /// <summary>A key, called by itself.</summary>
    public static Called Key(string key) => new(key, key);

    /// <summary>A key, with the article that English has for it.</summary>
    public static Called The(string key) => new("the " + key, key);

    /// <summary>The thing with this id.</summary>
    public Called With(string id) => new($"{En} {id}", $"{Zh} {id}");

    /// <summary>A key of this.</summary>
    public Called KeyOf(string key) => new($"{key} of {En}", $"{Subject}的 {key}");

    /// <summary>Its wording in one of the film's languages.</summary>
    public Called In(string language) => new($"{En} ({language})", $"{Zh}（{language}）");
}
