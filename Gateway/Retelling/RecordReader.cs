using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Gateway.Terminal;
using Orleans.Story.Grains.Films;
using Orleans.Story.Rules.Exports.Data;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Storage;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Gateway.Retelling;

/// <summary>A record cannot be retold; the message is a sentence for whoever asked, in their language.</summary>
internal sealed class RetellRefusedException(string message) : Exception(message);

/// <summary>A recorded show, from a file or from the journal of a hall that is closed.</summary>
/// <param name="Rows">What was written for it, told or not.</param>
/// <param name="Film">The edition that was told, or <see langword="null"/> where the record has no film with it.</param>
internal sealed record ShowOnRecord(ImmutableArray<StoryRow> Rows, Film? Film)
{
    /// <summary>Rows that are read at most, in bytes: a long evening has a few million.</summary>
    private const long MostBytes = 256L << 20;

    /// <summary>Reads it.</summary>
    /// <exception cref="RetellRefusedException">There is no such record, or it cannot be retold.</exception>
    /// <exception cref="StorageRefusedException">The data folder must not be opened.</exception>
    public static async Task<ShowOnRecord> ReadAsync(RetellOptions options, CancellationToken stop)
    {
        var words = new Words(options.Language);
        if (File.Exists(options.Record)) return new ShowOnRecord(await FileAsync(options.Record, words, stop), null);
        if (SessionId.TryParse(options.Record, out var session)) return await JournalAsync(session, options.Data, words, stop);
        throw new RetellRefusedException(words.Say(
            $"{options.Record} is neither a file nor the id of a session.", $"{options.Record} 既不是文件，也不是场次的编号。"));
    }

    private static async Task<ImmutableArray<StoryRow>> FileAsync(string file, Words words, CancellationToken stop)
    {
        if (new FileInfo(file).Length > MostBytes) throw new RetellRefusedException(words.Say($"{file} is larger than 256 MiB.", $"{file} 超过 256 MiB。"));
        var lines = (await File.ReadAllLinesAsync(file, stop)).Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        if (lines.Count > 0 && lines[0].StartsWith("{\"format\":", StringComparison.Ordinal))
        {
            throw new RetellRefusedException(words.Say(
                $"{file} is the recording that everyone may have; the plans are not in it. Take story.jsonl from the page “After the show”.",
                $"{file} 是人人可取的录制文件，里面没有计划。请从“散场之后”页面下载 story.jsonl。"));
        }

        var rows = ImmutableArray.CreateBuilder<StoryRow>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            try
            {
                rows.Add(StoryJsonl.Read(lines[i]));
            }
            catch (Exception broken) when (broken is JsonException or NotSupportedException)
            {
                throw new RetellRefusedException(words.Say($"{file}({i + 1}): {broken.Message}", $"{file}({i + 1})：这一行不是 {StoryRow.CurrentSchema}（{broken.Message}）。"));
            }
        }

        return rows.Select(row => row.Session).Distinct().Count() > 1
            ? throw new RetellRefusedException(words.Say($"{file} holds several shows. Give each a file of its own.", $"{file} 里有不止一场演出。请每场一个文件。"))
            : rows.ToImmutable();
    }

    private static async Task<ShowOnRecord> JournalAsync(SessionId session, string data, Words words, CancellationToken stop)
    {
        // Opening would make it; whoever mistyped a folder wants to hear that.
        if (!File.Exists(Path.Combine(data, "hall.db"))) throw new RetellRefusedException(words.Say($"There is no hall in {data}. Name its data folder with --data.", $"{data} 里没有影院数据。请用 --data 指明数据文件夹。"));
        await using var services = new ServiceCollection().AddStoryStorage(new StorageOptions { DataFolder = data }).AddSingleton<FilmLibrary>().BuildServiceProvider();
        var (journal, library) = (services.GetRequiredService<IJournal>(), services.GetRequiredService<FilmLibrary>());
        var events = new List<SessionEvent>();
        await foreach (var row in journal.ReadAsync(session.Stream, 0, stop)) events.Add(EventCodecs.Session.Read(row.Type, row.Format, row.Body.Span));
        if (events.OfType<SessionCreated>().FirstOrDefault() is not { Terms: var terms })
            throw new RetellRefusedException(words.Say($"There is no session {session} in {data}.", $"{data} 里没有场次 {session}。"));
        var films = new Dictionary<FilmRef, Film?>();
        foreach (var version in events.OfType<FilmReloaded>().Select(reloaded => reloaded.Film).Prepend(terms.Film).Distinct())
            films[version] = await library.FindAsync(version, stop) is { } whole ? FilmCuts.Within(whole, terms) : null;
        return StoryRows.Of(session, version => films.GetValueOrDefault(version), events) is { } rows
            ? new ShowOnRecord(rows, films.Values.OfType<Film>().LastOrDefault())
            : throw new RetellRefusedException(words.Say($"Session {session} has not ended, or never started.", $"场次 {session} 尚未结束，或从未开演。"));
    }
}
