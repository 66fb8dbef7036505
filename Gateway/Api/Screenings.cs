using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Gateway.Api;

/// <summary>What an operator wants to show.</summary>
/// <param name="Film">The film's slug.</param>
/// <param name="Minutes">Running time, minutes.</param>
/// <param name="Language">The telling language; the film's first when left out.</param>
/// <param name="WallLanguages">One or two, the telling language first; the telling language alone when left out.</param>
/// <param name="Capacity">Seats.</param>
/// <param name="Rule"><c>Plurality</c> (when left out), <c>Approval</c> or <c>Ranked</c>.</param>
/// <param name="WindowSeconds">How long a round is open.</param>
/// <param name="CardSeconds">How long the decision card shows.</param>
/// <param name="HideTally">Whether counts stay hidden while a round is open.</param>
/// <param name="Protection">Most votes that a losing streak adds to a ballot, 0–3.</param>
/// <param name="Entry"><c>JoinCode</c> (when left out) or <c>SeatCode</c>.</param>
/// <param name="Rehearsal">Whether it is a rehearsal, of which nothing is kept.</param>
/// <param name="Viewers">Simulated viewers of a rehearsal, 0–300; they come when the doors open.</param>
/// <param name="ScheduledMs">When it is to begin, UTC milliseconds; 0 where nobody says.</param>
/// <param name="Rating">The highest age rating that may be told; the film's own when left out.</param>
internal sealed record ScreeningRequest(
    string? Film, int Minutes, string? Language, IReadOnlyList<string>? WallLanguages, int Capacity, string? Rule, int WindowSeconds, int CardSeconds,
    bool HideTally = false, int Protection = 0, string? Entry = null, bool Rehearsal = false,
    int Viewers = 0, long ScheduledMs = 0, string? Rating = null);

/// <summary>A session in the operator's list.</summary>
/// <param name="Session">Its id.</param>
/// <param name="JoinCode">What a viewer types.</param>
/// <param name="CreatedMs">UTC milliseconds.</param>
/// <param name="Phase">Where it is in its life.</param>
/// <param name="Title">The film's title.</param>
/// <param name="Film">The film's slug.</param>
/// <param name="Terms">What it was created with, to create another like it.</param>
internal sealed record ScreeningRow(SessionId Session, string JoinCode, long CreatedMs, SessionPhase Phase, Text Title, string Film, StageTerms Terms);

/// <summary>Schedules sessions and lists them; the API and the demo go through here alike.</summary>
internal sealed class Screenings(IClusterClient cluster, FilmShelf shelf, TimeProvider time)
{
    /// <summary>Sessions asked at once for a list.</summary>
    private const int AtOnce = 16;

    /// <summary>Sessions listed at most: those to come first, then the newest.</summary>
    private const int Listed = 50;

    /// <summary>A screening may be scheduled so far ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(730);

    /// <summary>And so late after it should have begun: a show that starts late is still written down under its time.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(12);

    /// <summary>The films on the shelf, by title.</summary>
    public async Task<ImmutableArray<FilmCard>> Films()
    {
        var cards = await Task.WhenAll(shelf.Slugs.Select(slug => cluster.Film(slug).Card()));
        return [.. cards.OfType<FilmCard>().OrderBy(card => card.Title.Words, StringComparer.Ordinal)];
    }

    /// <summary>
    /// What runs, then what is to come by its time, then what has no time, then what is over, newest first. One that does not
    /// answer is left out, and so is a rehearsal that is over.
    /// </summary>
    public async Task<ImmutableArray<ScreeningRow>> List(CancellationToken stop)
    {
        var before = time.GetUtcNow().ToUnixTimeMilliseconds() - (long)Late.TotalMilliseconds;
        var sessions = (await cluster.Hall().Sessions()).OrderByDescending(session => session.ScheduledMs > before).Take(Listed).ToArray();
        var rows = new ScreeningRow?[sessions.Length];
        await Parallel.ForAsync(
            0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (i, _) =>
            {
                if (await cluster.Session(sessions[i].Session).Look() is { Stage: var stage })
                {
                    rows[i] = new ScreeningRow(sessions[i].Session, sessions[i].JoinCode, sessions[i].CreatedMs, stage.Phase, stage.Film.Title, stage.Film.Film.Slug, stage.Terms);
                }
            });
        return
        [
            .. rows.OfType<ScreeningRow>().Where(row => row.Phase != SessionPhase.Ended || !row.Terms.Rehearsal)
                .OrderBy(row => Place(row)).ThenBy(row => row.Phase == SessionPhase.Ended ? 0 : row.Terms.ScheduledMs).ThenByDescending(row => row.CreatedMs),
        ];
    }

    /// <summary>Schedules a session. The session itself has the last word on its terms.</summary>
    public async Task<Scheduling> Schedule(ScreeningRequest request)
    {
        if (request.Film is null || !shelf.Slugs.Contains(request.Film) || await cluster.Film(request.Film).Card() is not { } card)
        {
            return new Scheduling(null, Refusals.UnknownFilm);
        }

        if (request.Minutes is < 1 or > 600)
        {
            return new Scheduling(null, Refusals.BadTerms(
                $"This film runs between {card.ShortestMinutes} and {card.LongestMinutes} minutes.",
                $"这部影片的片长须在 {card.ShortestMinutes} 到 {card.LongestMinutes} 分钟之间。"));
        }

        if (!EnumNames.TryRead<VotingRule>(request.Rule ?? nameof(VotingRule.Plurality), out var rule))
        {
            return new Scheduling(null, Refusals.BadTerms(
                "The voting rule must be Plurality, Approval or Ranked.", "投票规则须为 Plurality、Approval 或 Ranked。"));
        }

        if (!EnumNames.TryRead<Entry>(request.Entry ?? nameof(Entry.JoinCode), out var entry))
        {
            return new Scheduling(null, Refusals.BadTerms("Entry must be JoinCode or SeatCode.", "入场方式须为 JoinCode 或 SeatCode。"));
        }

        var now = time.GetUtcNow();
        if (request.ScheduledMs != 0 && (request.ScheduledMs < (now - Late).ToUnixTimeMilliseconds() || request.ScheduledMs > (now + Ahead).ToUnixTimeMilliseconds()))
        {
            return new Scheduling(null, Refusals.BadTerms(
                "The time must lie ahead, within two years. Leave it empty if nobody knows it yet.", "时间须在今后两年之内；尚未确定可以留空。"));
        }

        if (request.Viewers != 0 && (!request.Rehearsal || request.Viewers is < 0 or > Demo.RehearsalHouse.MostViewers || request.Viewers > request.Capacity))
        {
            return new Scheduling(null, Refusals.BadTerms(
                $"A rehearsal has 0 to {Demo.RehearsalHouse.MostViewers} simulated viewers, and no more than seats.", $"彩排可有 0 到 {Demo.RehearsalHouse.MostViewers} 名模拟观众，且不多于座位数。"));
        }

        var language = request.Language ?? card.Languages[0];
        return await cluster.Hall().Schedule(new SessionTerms
        {
            Film = card.Film,
            Language = language,
            WallLanguages = request.WallLanguages is { Count: > 0 } wall ? [.. wall] : [language],
            Capacity = request.Capacity,
            Shards = Shards.Count(request.Capacity),
            Rule = rule,
            RunningSeconds = request.Minutes * 60,
            WindowSeconds = request.WindowSeconds,
            CardSeconds = request.CardSeconds,
            JoinCode = "",
            Seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)),
            HideTally = request.HideTally,
            Protection = request.Protection,
            Entry = entry,
            Rehearsal = request.Rehearsal,
            ScheduledMs = request.ScheduledMs,
            Rating = request.Rating == card.Rating ? null : request.Rating,
            Secret = RandomNumberGenerator.GetHexString(32, lowercase: true),
        });
    }

    private static int Place(ScreeningRow row) => row.Phase switch
    {
        SessionPhase.Ended => 3,
        SessionPhase.Scheduled => row.Terms.ScheduledMs == 0 ? 2 : 1,
        _ => 0,
    };
}
