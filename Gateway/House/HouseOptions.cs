namespace Orleans.Story.Gateway.House;

/// <summary>Another hall that this one looks at.</summary>
/// <param name="Name">What the page calls it, 1–60 characters.</param>
/// <param name="Url">Scheme, host and port of its gateway, <c>http</c> or <c>https</c>, and nothing behind them.</param>
/// <param name="Token">Its read token.</param>
internal sealed record HallToWatch(string Name, Uri Url, string Token)
{
    /// <summary>Never the token: options end up in logs.</summary>
    public override string ToString() => $"{Name} ({Url})";
}

/// <summary>What can be set about the house view, under <c>Story:House</c>.</summary>
internal sealed record HouseOptions
{
    /// <summary>Halls at most: what a page shows and one gateway asks every few seconds.</summary>
    public const int MostHalls = 64;

    /// <summary>Characters of a read token at least, so that nobody guesses it.</summary>
    public const int ShortestToken = 24;

    /// <summary>Characters of a read token at most.</summary>
    public const int LongestToken = 200;

    private const int LongestName = 60;

    /// <summary>Whoever brings it may read <c>GET /api/house</c> and nothing else; <see langword="null"/> where only staff may.</summary>
    public string? ReadToken { get; init; }

    /// <summary>The other halls of the chain, in the order the page shows them.</summary>
    public IReadOnlyList<HallToWatch> Halls { get; init; } = [];

    /// <summary>Reads and checks the section.</summary>
    /// <exception cref="IOException">Something of it cannot be meant; the message says what to change.</exception>
    public static HouseOptions From(IConfiguration house)
    {
        var token = house["ReadToken"];
        if (token is not null) CheckToken("Story:House:ReadToken", token);
        var halls = house.GetSection("Halls").GetChildren().Select(HallOf).ToList();
        if (halls.Count > MostHalls) throw new IOException($"Story:House:Halls names {halls.Count} halls; {MostHalls} are the most.");
        if (halls.Select(hall => hall.Url).Distinct().Count() < halls.Count) throw new IOException("Story:House:Halls names one address twice.");
        return new HouseOptions { ReadToken = token, Halls = halls };
    }

    private static HallToWatch HallOf(IConfigurationSection hall)
    {
        var (name, url, token) = (hall["Name"]?.Trim(), hall["Url"], hall["Token"]);
        if (name is not { Length: > 0 and <= LongestName }) throw new IOException($"{hall.Path}:Name must have 1 to {LongestName} characters.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.UserInfo.Length > 0 || address.PathAndQuery != "/" || address.Fragment.Length > 0)
        {
            throw new IOException($"{hall.Path}:Url must be an address such as https://hall-two.example:5080, with nothing behind it.");
        }

        CheckToken($"{hall.Path}:Token", token ?? "");
        return new HallToWatch(name, address, token!);
    }

    /// <summary>The characters that a header carries as they are.</summary>
    private static void CheckToken(string where, string token)
    {
        if (token.Length is < ShortestToken or > LongestToken || !token.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '~' or '+' or '/' or '='))
        {
            throw new IOException($"{where} must have {ShortestToken} to {LongestToken} letters, digits or -_.~+/=.");
        }
    }
}
