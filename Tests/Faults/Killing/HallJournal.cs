using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Orleans.Story.Tests.Faults.Killing;

/// <summary>
/// The files of a dead process, or the database of a living cluster, read by plain SQL and plain JSON. Nothing of the product's own reading, folding or counting
/// is used, so that it can contradict them.
/// </summary>
internal sealed class HallJournal
{
    private readonly Dictionary<string, List<JournaledRow>> _streams = new(StringComparer.Ordinal);

    /// <summary>Streams by name, each in order of version.</summary>
    public IReadOnlyDictionary<string, List<JournaledRow>> Streams => _streams;

    /// <summary>Reads a copy, as a new process would find the files: looking at the originals would settle them.</summary>
    public static HallJournal Read(string folder)
    {
        var copy = Directory.CreateTempSubdirectory("story-dead-").FullName;
        try
        {
            foreach (var name in (string[])["hall.db", "hall.db-wal"])
            {
                if (File.Exists(Path.Combine(folder, name))) File.Copy(Path.Combine(folder, name), Path.Combine(copy, name));
            }

            var journal = new HallJournal();
            if (File.Exists(Path.Combine(copy, "hall.db"))) journal.Load(Path.Combine(copy, "hall.db"));
            return journal;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>Reads a database as it is now.</summary>
    /// <param name="open">An open connection.</param>
    public static HallJournal Read(DbConnection open)
    {
        var journal = new HallJournal();
        journal.Load(open);
        return journal;
    }

    /// <summary>A session as its streams tell it.</summary>
    public JournaledSession Session(string id) => new(
        _streams.GetValueOrDefault($"session/{id}") ?? [],
        [.. _streams.Where(stream => stream.Key.StartsWith($"audience/{id}/", StringComparison.Ordinal)).OrderBy(stream => stream.Key, StringComparer.Ordinal).Select(stream => stream.Value)]);

    private void Load(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        try
        {
            Load(connection);
        }
        catch (SqliteException exception) when (exception.Message.Contains("no such table", StringComparison.Ordinal))
        {
            // Killed before the first migration: nothing was promised to anyone.
        }
    }

    private void Load(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select stream, version, type, at_utc_ms, body from journal order by stream, version";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var stream = reader.GetString(0);
            if (!_streams.TryGetValue(stream, out var rows)) _streams[stream] = rows = [];
            using var body = JsonDocument.Parse(reader.GetFieldValue<byte[]>(4));
            rows.Add(new JournaledRow(reader.GetInt64(1), reader.GetString(2), reader.GetInt64(3), body.RootElement.Clone()));
        }
    }
}

/// <summary>A row of the journal.</summary>
/// <param name="Version">Its place in the stream.</param>
/// <param name="Type">The event's name.</param>
/// <param name="AtMs">When it was written, UTC milliseconds.</param>
/// <param name="Body">What happened.</param>
internal sealed record JournaledRow(long Version, string Type, long AtMs, JsonElement Body)
{
    /// <summary>A whole number of the body.</summary>
    public long Number(string name) => Body.GetProperty(name).GetInt64();
}

/// <summary>A round as the session's stream tells it.</summary>
/// <param name="Number">The round.</param>
/// <param name="OpenedMs">When it opened.</param>
/// <param name="DeadlineMs">Its deadline as last written.</param>
/// <param name="Decided">The decision's row, or <see langword="null"/>.</param>
internal sealed record JournaledRound(long Number, long OpenedMs, long DeadlineMs, JournaledRow? Decided);

/// <summary>One session's streams, folded by hand.</summary>
internal sealed class JournaledSession(List<JournaledRow> show, List<List<JournaledRow>> shards)
{
    /// <summary>Rows of the session's own stream.</summary>
    public IReadOnlyList<JournaledRow> Show => show;

    /// <summary>Version of the session's own stream.</summary>
    public long Version => show.Count == 0 ? 0 : show[^1].Version;

    /// <summary>How long a round is open, milliseconds.</summary>
    public long WindowMs => 1000 * show[0].Body.GetProperty("terms").GetProperty("windowSeconds").GetInt64();

    /// <summary>How long a decision card shows, milliseconds.</summary>
    public long CardMs => 1000 * show[0].Body.GetProperty("terms").GetProperty("cardSeconds").GetInt64();

    /// <summary>The newest round, open or decided; <see langword="null"/> before the first.</summary>
    public JournaledRound? Round => Rounds.LastOrDefault();

    /// <summary>The last operator's command that moved the session.</summary>
    public string Phase
    {
        get
        {
            if (show.Any(row => row.Type == "SessionEnded")) return "Ended";
            return show.Where(row => row.Type == "OperatorActed").Select(Action).LastOrDefault(action => action is "Open" or "Start" or "Pause" or "Resume" or "End") switch
            {
                null => "Scheduled",
                "Open" => "Lobby",
                "Pause" => "Paused",
                "End" => "Ended",
                _ => "Playing",
            };
        }
    }

    /// <summary>Every round, in order.</summary>
    public List<JournaledRound> Rounds
    {
        get
        {
            var rounds = new List<JournaledRound>();
            var pausedMs = 0L;
            foreach (var row in show)
            {
                switch (row.Type)
                {
                    case "RoundOpened":
                        rounds.Add(new JournaledRound(row.Number("round"), row.Number("atMs"), row.Number("deadlineMs"), null));
                        break;
                    case "RoundExtended":
                        rounds[^1] = rounds[^1] with { DeadlineMs = row.Number("deadlineMs") };
                        break;
                    case "RoundDecided":
                        rounds[^1] = rounds[^1] with { Decided = row };
                        break;
                    case "OperatorActed" when Action(row) == "Pause":
                        pausedMs = row.Number("atMs");
                        break;
                    case "OperatorActed" when Action(row) == "Resume" && rounds is [.., { Decided: null } open]:
                        rounds[^1] = open with { DeadlineMs = open.DeadlineMs + row.Number("atMs") - pausedMs };
                        break;
                }
            }

            return rounds;
        }
    }

    /// <summary>Each seat's standing ballot in a round, over all shards.</summary>
    public Dictionary<int, (int N, string Choice)> Standing(long round)
    {
        var standing = new Dictionary<int, (int, string)>();
        foreach (var ballot in shards.SelectMany(shard => shard).Where(row => row.Type == "BallotsCast" && row.Number("round") == round).SelectMany(Ballots))
            standing[ballot.Seat] = (ballot.N, ballot.Choice);
        return standing;
    }

    /// <summary>Shards that have sealed a round.</summary>
    public int Sealed(long round) => shards.Count(shard => shard.Any(row => row.Type == "ShardSealed" && row.Number("round") == round));

    /// <summary>Everything that must hold whatever happened; what does not is named.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var stream in shards.Append([.. show]))
        {
            for (var i = 0; i < stream.Count; i++)
            {
                if (stream[i].Version != i + 1) yield return $"version {stream[i].Version} stands where {i + 1} should";
            }
        }

        foreach (var round in show.Where(row => row.Type is "RoundOpened" or "RoundDecided").GroupBy(row => (row.Type, Round: row.Number("round"))).Where(group => group.Count() > 1))
            yield return $"{round.Key.Type} of round {round.Key.Round} was written {round.Count()} times";

        foreach (var round in Rounds.Select(round => round.Number))
        {
            foreach (var fault in Faults(round)) yield return $"round {round}: {fault}";
        }
    }

    private IEnumerable<string> Faults(long round)
    {
        var home = new Dictionary<int, int>();
        var all = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var k = 0; k < shards.Count; k++)
        {
            var standing = new Dictionary<int, (int N, string Choice)>();
            var closed = false;
            foreach (var row in shards[k].Where(row => row.Type is "BallotsCast" or "ShardSealed" && row.Number("round") == round))
            {
                if (row.Type == "BallotsCast")
                {
                    if (closed) yield return $"shard {k} took ballots after its seal";
                    foreach (var (seat, n, choice) in Ballots(row))
                    {
                        if (home.TryGetValue(seat, out var other) && other != k) yield return $"seat {seat} stands in the shards {other} and {k}";
                        home[seat] = k;
                        if (standing.TryGetValue(seat, out var before) && before.N >= n) yield return $"seat {seat}: ballot {n} was written after {before.N}";
                        standing[seat] = (n, choice);
                    }
                }
                else if (row.Type == "ShardSealed")
                {
                    if (closed) yield return $"shard {k} sealed twice";
                    closed = true;
                    var book = Book(row.Body.GetProperty("book"));
                    var own = Count(standing.Values.Select(one => one.Choice));
                    if (!own.SequenceEqual(book)) yield return $"shard {k} sealed {Said(book)} and its ballots are {Said(own)}";
                }
            }

            foreach (var (choice, count) in Count(standing.Values.Select(one => one.Choice))) all[choice] = all.GetValueOrDefault(choice) + count;
        }

        if (show.FirstOrDefault(row => row.Type == "RoundDecided" && row.Number("round") == round) is not { } decided) yield break;
        var counted = Book(decided.Body.GetProperty("book"));
        if (!counted.SequenceEqual(all)) yield return $"decided on {Said(counted)} and the ballots are {Said(all)}";
    }

    private static string Action(JournaledRow row) => row.Body.GetProperty("command").GetProperty("action").GetString()!;

    private static IEnumerable<(int Seat, int N, string Choice)> Ballots(JournaledRow row) => row.Body.GetProperty("ballots").EnumerateArray()
        .Select(ballot => (ballot.GetProperty("seat").GetInt32(), ballot.GetProperty("n").GetInt32(), ballot.GetProperty("choice").GetString()!));

    private static SortedDictionary<string, long> Count(IEnumerable<string> choices)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var choice in choices) counts[choice] = counts.GetValueOrDefault(choice) + 1;
        return counts;
    }

    /// <summary>Seats a choice, whatever weight they carry.</summary>
    private static SortedDictionary<string, long> Book(JsonElement lines)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in lines.EnumerateArray())
        {
            var choice = line.GetProperty("choice").GetString()!;
            counts[choice] = counts.GetValueOrDefault(choice) + line.GetProperty("count").GetInt64();
        }

        return counts;
    }

    private static string Said(SortedDictionary<string, long> book) => book.Count == 0 ? "nothing" : string.Join(", ", book.Select(line => $"'{line.Key}' x {line.Value}"));
}
