using System.Net;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Terminal;
using Orleans.Story.Grains.Staff;

namespace Orleans.Story.Gateway.Demo;

/// <summary>
/// A whole show by itself: a session like any other, a simulated hall that comes in by the same doors as everyone, and at
/// the end the proof that every acknowledged vote was counted.
/// </summary>
internal sealed class DemoShow(
    IClusterClient cluster, Screenings screenings, Tickets tickets, HallAddress address, GatewayOptions options,
    StaffDoor door, TimeProvider time, IFilmWatch? watch = null)
{
    /// <summary>Leads whoever sits at this machine to the demo's wall; its ticket is too long to type.</summary>
    public const string WallShortcut = "/demo";

    private const string By = "demo";
    private const int WindowSeconds = 10;
    private const int CardSeconds = 3;
    private const int SparePlaces = 100;
    private static readonly TimeSpan Arrival = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StartsAfter = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan GoesOnAfter = TimeSpan.FromSeconds(15);
    private SessionId? _session;

    /// <summary>The wall's address with a fresh ticket, or <see langword="null"/> before there is a session.</summary>
    public string? WallPath => _session is { } session ? $"/wall#{tickets.IssueWall(session)}" : null;

    /// <summary>
    /// Runs the show; returns when it has ended and was accounted for, or when <paramref name="stop"/> says so. Answers
    /// false when there is nothing to show, and has said why.
    /// </summary>
    public async Task<bool> Run(CancellationToken stop)
    {
        var words = new Words(options.Language);
        using var speaking = door.SpeakAsHouse(By);
        try
        {
            if (await Schedule(words) is not { } hall) return false;
            await Show(hall, words, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Ctrl+C ends the demo early.
        }

        return true;
    }

    private async Task<HallSession?> Schedule(Words words)
    {
        var films = await screenings.Films();
        if (films.IsEmpty)
        {
            Console.Error.WriteLine(words.Say("The library holds no film, so there is nothing to show.", "片库中没有影片，无法放映。"));
            return null;
        }

        // A film's first language is the one it was conceived in.
        var film = options.Film is { } slug
            ? films.FirstOrDefault(one => one.Film.Slug == slug)
            : films.FirstOrDefault(one => one.Languages[0] == options.Language) ?? films[0];
        if (film is null)
        {
            var slugs = string.Join(", ", films.Select(one => one.Film.Slug));
            Console.Error.WriteLine(words.Say($"The library holds no film \"{options.Film}\". It holds: {slugs}.", $"片库中没有影片“{options.Film}”。现有：{slugs}。"));
            return null;
        }

        var language = film.Languages.Contains(options.Language) ? options.Language : film.Languages[0];
        var minutes = Math.Clamp(options.Minutes, film.ShortestMinutes, film.LongestMinutes);
        if (minutes != options.Minutes)
            Console.WriteLine("  " + words.Say($"{film.Title.In(language)} is told in {film.ShortestMinutes} to {film.LongestMinutes} minutes: tonight in {minutes}.", $"《{film.Title.In(language)}》可讲 {film.ShortestMinutes} 到 {film.LongestMinutes} 分钟，今晚讲 {minutes} 分钟。"));
        var other = film.Languages.FirstOrDefault(one => one != language);
        var scheduling = await screenings.Schedule(new ScreeningRequest(
            film.Film.Slug,
            minutes,
            language,
            other is null ? [language] : [language, other],
            options.Seats + SparePlaces,
            nameof(VotingRule.Plurality),
            WindowSeconds,
            CardSeconds,
            Rehearsal: options.Rehearse is not null));
        if (scheduling.Session is { } session) return session;
        Console.Error.WriteLine(scheduling.Refusal!.Sentence.In(options.Language));
        return null;
    }

    private async Task Show(HallSession hall, Words words, CancellationToken stop)
    {
        await Operate(hall.Session, OperatorAction.Open);
        Console.WriteLine("  " + words.DemoStarts(options.Seats));
        _session = hall.Session;
        Banner.PrintJoin(Console.Out, words, address, hall.JoinCode);

        using var http = new HttpClient();
        var ledger = new Ledger();
        var terms = new CrowdTerms(new Uri(address.Local), http, hall.JoinCode, options.Language, ledger, DropsOut: true);
        await using var crowd = new Crowd(options.Seats, seed: 20_240_229, terms, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var people = crowd.Run(Arrival, over.Token);

        await Task.Delay(StartsAfter, time, stop);
        await Operate(hall.Session, OperatorAction.Start);
        var minding = Task.WhenAll(
            Mind(hall.Session, over.Token),
            options.Rehearse is null || watch is null ? Task.CompletedTask : watch.Run(hall.Session, Console.Out, over.Token));
        await people;
        await over.CancelAsync();
        await minding;
        stop.ThrowIfCancellationRequested();
        if (await cluster.Session(hall.Session).Look() is { Stage: var end }) Summary.Print(Console.Out, words, end, ledger, crowd.Size);
    }

    /// <summary>The operator of a demo: whoever closed the wall has seen enough of it, and the show goes on without.</summary>
    private async Task Mind(SessionId session, CancellationToken stop)
    {
        using var looking = new PeriodicTimer(GoesOnAfter, time);
        try
        {
            while (await looking.WaitForNextTickAsync(stop))
            {
                if (await cluster.Session(session).Look() is { Stage.WallLost: true }) await Operate(session, OperatorAction.GoOn);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            // The show is over, or the next look tells.
        }
    }

    private async Task Operate(SessionId session, OperatorAction action)
    {
        // Anew for each command: a pass is good for a minute, a demo for some more.
        using var speaking = door.SpeakAsHouse(By);
        var outcome = await cluster.Session(session).Operate(new OperatorCommand(action, By, "", 0, false));
        if (outcome.Refusal is { } refusal) Console.Error.WriteLine(refusal.Sentence.In(options.Language));
    }
}

/// <summary>Registers the demo.</summary>
internal static class DemoSetup
{
    /// <summary>Adds it; it runs only when it is asked for.</summary>
    public static void AddDemo(this IServiceCollection services) => services.AddSingleton<DemoShow>();

    /// <summary>Maps the short way to the wall, for this machine only.</summary>
    public static void MapDemo(this IEndpointRouteBuilder routes) => routes.MapGet(DemoShow.WallShortcut, (HttpContext http, DemoShow show) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && show.WallPath is { } wall
            ? Results.Redirect(wall)
            : Results.NotFound()).ExcludeFromDescription();
}
