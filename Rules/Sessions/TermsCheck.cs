using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Rules.Sessions;

/// <summary>Whether terms make a show.</summary>
public static class TermsCheck
{
    /// <summary>Most seats a session may have.</summary>
    public const int MostSeats = 10_000;

    /// <summary>What is wrong with the terms for this film, or <see langword="null"/>.</summary>
    public static Refusal? Of(SessionTerms terms, Film film)
    {
        if (terms.Capacity is < 1 or > MostSeats)
            return Refusals.BadTerms($"Seats must be between 1 and {MostSeats}.", $"座位数须在 1 到 {MostSeats} 之间。");
        if (terms.Shards != Shards.Count(terms.Capacity))
            return Refusals.BadTerms($"{terms.Capacity} seats need {Shards.Count(terms.Capacity)} shards.", $"{terms.Capacity} 个座位需要 {Shards.Count(terms.Capacity)} 个分片。");
        if (RatingOf(terms, film) is { } rating) return rating;
        if (terms.RunningSeconds < film.Minutes.Shortest * 60 || terms.RunningSeconds > film.Minutes.Longest * 60)
            return Refusals.BadTerms($"This film runs between {film.Minutes.Shortest} and {film.Minutes.Longest} minutes.", $"这部影片的片长须在 {film.Minutes.Shortest} 到 {film.Minutes.Longest} 分钟之间。");
        if (terms.WindowSeconds is < 5 or > 120)
            return Refusals.BadTerms("A round must be open between 5 and 120 seconds.", "投票时间须在 5 到 120 秒之间。");
        if (terms.CardSeconds is < 2 or > 5)
            return Refusals.BadTerms("The decision card must show between 2 and 5 seconds.", "结果卡须停留 2 到 5 秒。");
        if (!Enum.IsDefined(terms.Rule))
            return Refusals.BadTerms("The voting rule must be Plurality, Approval or Ranked.", "投票规则须为 Plurality、Approval 或 Ranked。");
        if (terms.Protection is < 0 or > Streaks.HighestCap)
            return Refusals.BadTerms($"Minority protection adds 0 to {Streaks.HighestCap} votes.", $"少数保护最多可加 0 到 {Streaks.HighestCap} 票。");
        if (!Enum.IsDefined(terms.Entry))
            return Refusals.BadTerms("Entry must be JoinCode or SeatCode.", "入场方式须为 JoinCode 或 SeatCode。");
        if (terms.Secret is { } secret ? secret.Length != 32 || !secret.All(char.IsAsciiHexDigit) : terms.Entry == Entry.SeatCode)
            return Refusals.BadTerms("The secret must be 32 hexadecimal digits.", "密钥须为 32 位十六进制数字。");
        if (!film.Languages.Contains(terms.Language))
            return Refusals.BadTerms($"This film is told in: {string.Join(", ", film.Languages)}.", $"这部影片可用的讲述语言：{string.Join("、", film.Languages)}。");
        var wall = terms.WallLanguages;
        return wall.IsDefaultOrEmpty || wall.Length > 2 || wall.Distinct(StringComparer.Ordinal).Count() != wall.Length
            || !string.Equals(wall[0], terms.Language, StringComparison.Ordinal) || !wall.All(language => film.Languages.Contains(language))
            ? Refusals.BadTerms("The wall shows the telling language and at most one more of the film's.", "大银幕显示讲述语言，至多再加一种影片语言。")
            : null;
    }

    /// <summary>Whether enough of the film is left within the rating; if not, which one would do.</summary>
    private static Refusal? RatingOf(SessionTerms terms, Film film)
    {
        if (terms.Rating is not { } rating) return null;
        if (!Ratings.Exists(rating))
            return Refusals.BadTerms($"The rating must be one of: {string.Join(", ", Ratings.All)}.", $"分级须为：{string.Join("、", Ratings.All)}。");
        if (FilmCuts.Of(film, rating) is not { } cut)
        {
            var mildest = FilmCuts.All(film)[0].Rating;
            return Refusals.BadTerms(
                $"Within {rating} there is too little of this film to tell. Choose {mildest} or above.",
                $"在 {rating} 之内，这部影片可讲的太少。请选 {mildest} 或更高。");
        }

        if (terms.RunningSeconds <= cut.LongestMinutes * 60 || terms.RunningSeconds > film.Minutes.Longest * 60) return null;
        var would = FilmCuts.All(film).First(one => terms.RunningSeconds <= one.LongestMinutes * 60).Rating;
        return Refusals.BadTerms(
            $"Within {rating} this film runs {cut.LongestMinutes} minutes at most. Choose a shorter show, or {would} or above.",
            $"在 {rating} 之内，这部影片最长 {cut.LongestMinutes} 分钟。请缩短片长，或选 {would} 或更高。");
    }
}
