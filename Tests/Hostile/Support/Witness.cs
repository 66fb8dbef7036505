using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Staff;
using Orleans.Story.Rules.Voting;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Tables;

namespace Orleans.Story.Tests.Hostile.Support;

/// <summary>
/// Knows what the hall was like and what may have become of it: new ballots are the crowd's or such as a case declared,
/// new seats likewise; staff, sessions and films are as they were; nothing that left the server holds a secret.
/// </summary>
internal sealed partial class Witness
{
    /// <summary>What the show itself writes while a round is open.</summary>
    private static readonly string[] OfTheShow = ["PlanMade", "BeatPrepared", "FeelingsMeasured"];

    private readonly PlayingHall hall;
    private readonly IJournal journal;
    private readonly ISeatTable seats;
    private readonly Dictionary<int, Guid> seatsBefore = [];
    private readonly string[] secrets;
    private Dictionary<string, long> versions = [];
    private string still = "";
    private int admitted;

    private Witness(PlayingHall hall)
    {
        this.hall = hall;
        journal = hall.Services.GetRequiredService<IJournal>();
        seats = hall.Services.GetRequiredService<ISeatTable>();
        secrets = [hall.FirstPassword, PlayingHall.OwnPassword, hall.Data, hall.Other.JoinCode, .. hall.Crowd.Devices];
    }

    /// <summary>A case took seats by right.</summary>
    public void Admit(int count = 1) => Interlocked.Add(ref admitted, count);

    public static async Task<Witness> Swear(PlayingHall hall)
    {
        var witness = new Witness(hall);
        foreach (var row in await witness.seats.ReadAsync(hall.Session.Session.Value)) witness.seatsBefore.Add(row.Seat, row.Viewer);
        witness.still = await witness.Still();
        witness.versions = (await witness.journal.ListAsync("")).ToDictionary(stream => stream.Stream, stream => stream.Version, StringComparer.Ordinal);
        return witness;
    }

    /// <summary>What has changed that nobody had a right to change, since it was last asked.</summary>
    public async Task<IReadOnlyList<string>> Complaints()
    {
        List<string> complaints = [];
        await Journal(complaints);
        await Seats(complaints);
        if (await Still() is var now && now != still) complaints.Add($"staff or hall changed: {now} instead of {still}");
        complaints.AddRange(hall.Crowd.Complaints.Select(complaint => "an honest phone complains: " + complaint));
        return complaints;
    }

    /// <summary>What a text that left the server should not hold.</summary>
    public IEnumerable<string> Leaks(string text) =>
        secrets.Where(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)).Select(secret => $"leaks the secret {secret}")
            .Concat(Innards().Matches(text).Select(match => $"leaks innards: {match.Value}"));

    private async Task Journal(List<string> complaints)
    {
        foreach (var (stream, version) in await journal.ListAsync(""))
        {
            if (stream == AuditGrain.Stream)
            {
                await Audit(versions.GetValueOrDefault(stream), complaints);
                versions[stream] = version;
                continue;
            }

            if (!versions.TryGetValue(stream, out var seen)) complaints.Add($"a stream that was not there: {stream}");
            if (version == seen) continue;
            await foreach (var row in journal.ReadAsync(stream, seen))
            {
                if (stream.StartsWith("audience/", StringComparison.Ordinal)) Ballots(row, complaints);
                else if (stream != hall.Session.Session.Stream || !OfTheShow.Contains(row.Type, StringComparer.Ordinal)) complaints.Add($"{row.Type} in {stream}");
                versions[stream] = row.Version;
            }
        }
    }

    /// <summary>What is tried at the sign-in is on record, never with what was typed, and commands that changed nothing; nothing else is.</summary>
    private async Task Audit(long seen, List<string> complaints)
    {
        await foreach (var row in journal.ReadAsync(AuditGrain.Stream, seen))
        {
            var entry = (EventCodecs.Audit.Read(row.Type, row.Format, row.Body.Span) as StaffActed)?.Entry;
            var tried = entry is { Act: AuditAct.SignInRefused, By: "" or StaffAccounts.FirstName, What: null, Reason: null, About: null };
            var idle = entry is { Act: AuditAct.Commanded, By: StaffAccounts.FirstName, About: null } && (entry.Refused is not null || entry.What == nameof(OperatorAction.Resume));
            if (!tried && !idle) complaints.Add($"on record: {entry}");
        }
    }

    private void Ballots(JournalRow row, List<string> complaints)
    {
        if (!row.Stream.Contains(hall.Session.Session.ToString(), StringComparison.Ordinal)) complaints.Add($"ballots in {row.Stream}");
        if (EventCodecs.Audience.Read(row.Type, row.Format, row.Body.Span) is not BallotsCast cast)
        {
            complaints.Add($"{row.Type} in {row.Stream}");
            return;
        }

        foreach (var ballot in cast.Ballots)
        {
            var meant = cast.Round == 0 && hall.Crowd.Ballots.TryGetValue((ballot.Seat, ballot.N), out var choice) && choice == ballot.Choice;
            if (!meant) complaints.Add($"a ballot nobody meant: round {cast.Round}, seat {ballot.Seat}, number {ballot.N}, choice {ballot.Choice}");
        }
    }

    private async Task Seats(List<string> complaints)
    {
        var now = (await seats.ReadAsync(hall.Session.Session.Value)).ToDictionary(row => row.Seat, row => row.Viewer);
        foreach (var (seat, viewer) in seatsBefore)
        {
            if (!now.TryGetValue(seat, out var there) || there != viewer) complaints.Add($"seat {seat} changed hands");
        }

        if (now.Count != seatsBefore.Count + admitted) complaints.Add($"{now.Count} seats instead of {seatsBefore.Count + admitted}");
        if ((await seats.ReadAsync(hall.Other.Session.Value)).Count != 0) complaints.Add("somebody sits in the other session");
    }

    private async Task<string> Still()
    {
        StaffAccount? account;
        using (hall.Services.GetRequiredService<StaffDoor>().SpeakAsHouse()) account = await hall.Cluster.StaffBook().Account(StaffAccounts.FirstName);
        var sessions = await hall.Cluster.Hall().Sessions();
        var other = await hall.Cluster.Session(hall.Other.Session).Look();
        return $"{account!.PasswordHash} {string.Join(',', account.Roles)} {string.Join(',', sessions)} {(await hall.Look()).Stage.Phase} {other!.Stage.Phase}";
    }

    [GeneratedRegex(@"Exception|\bat [A-Za-z]+\.[A-Za-z.]+\(|\bSystem\.|Microsoft\.|Orleans\.Story|\.cs\b|\.dll\b|StackTrace|/tmp/|hub method|invoking|SqliteE|SQLite|ASP\.NET", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex Innards();
}
