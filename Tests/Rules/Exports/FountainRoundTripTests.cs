using FsCheck.Fluent;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Drafting;
using Orleans.Story.Rules.Exports;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Exports;

/// <summary>What a hall made of a film, written as a screenplay, is something a draft can begin with.</summary>
public sealed class FountainRoundTripTests
{
    private static SessionId Id { get; } = SessionId.New(DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void Any_show_is_read_back_line_by_line_and_its_votes_stay_notes(string language) =>
        Properties.Hold(Properties.Seeds, seed =>
        {
            var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), seed) { WriterFails = 0.2, Models = 0.3, Edits = 0.2 }.Play();
            return Comes(Recordings.Of(Id, PaperFilm.Film, show.Events)!, language);
        }, count: 100);

    [Theory]
    [InlineData("A line that ends without a stop")]
    [InlineData("*Fog* & <rain> -- [[not a note]] /* nor this */ the horn_s.")]
    [InlineData("INT. is how films begin.")]
    [InlineData("CUT TO:")]
    [InlineData("WHO GOES THERE")]
    [InlineData(".5 seconds")]
    [InlineData("@home")]
    [InlineData("> on")]
    [InlineData("~ a song ~")]
    [InlineData("= equals")]
    [InlineData("===")]
    [InlineData("# one")]
    [InlineData("!")]
    [InlineData("(whispered) Not all of it is left out.")]
    [InlineData("Title: a word with a colon")]
    [InlineData("他说：别等我。")]
    [InlineData("内 有恶犬")]
    [InlineData("内景总是先拍的。")]
    [InlineData("3. 外 景地")]
    [InlineData("切至黑夜")]
    [InlineData("淡入")]
    [InlineData("（轻声）别动。")]
    [InlineData("https://example.org/*x*/")]
    public void A_line_is_read_as_it_was_told(string words)
    {
        foreach (var speaker in (string?[])[null, "ann"])
        {
            System.Collections.Immutable.ImmutableArray<RecordedLine> lines = [Line(speaker, words), Line(speaker, words), Line(null, words), Line("ann", words)];
            Comes(RecordingTests.Tape(lines), "en").ShouldBeTrue(FountainExport.Write(RecordingTests.Tape(lines), "en"));
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void A_show_becomes_a_draft_that_can_be_told(string language)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), 7).Play();
        var treatment = Treatments.Read(FountainExport.Write(Recordings.Of(Id, PaperFilm.Film, show.Events)!, language), "show.fountain");
        var (premise, refusal) = Premise.Of(null, "mystery", null, [], 1, treatment);
        refusal.ShouldBeNull();
        premise!.Languages.ShouldBe([language]);
        premise.Title.ShouldBe(PaperFilm.Film.Title.In(language));
        var reading = DraftFiles.Write(Scaffolding.Fill(Beginning.Of(premise)));
        reading.Problems.ShouldBeEmpty();
        reading.Film.ShouldNotBeNull();
    }

    private static RecordedLine Line(string? speaker, string words) => new(speaker, Text.Both(words, words), 0, 1000, Writer: "storylet");

    /// <summary>Whether the screenplay is read as the very beats and lines that were told.</summary>
    private static bool Comes(Recording recording, string language)
    {
        var read = Treatments.Read(FountainExport.Write(recording, language), "show.fountain");
        return read.Title == recording.Film.Title.In(language)
            && read.Beats.Length == recording.Beats.Length
            && read.Beats.Zip(recording.Beats).All(pair => pair.First.Act == Named(recording.Acts, pair.Second.Act, language)
                && pair.First.Lines.SequenceEqual(pair.Second.Lines.Select(line => new TreatmentLine(Heard(Named(recording.Cast, line.Speaker, language)), line.Words.In(language))))
                && (pair.Second.Vote is not { } vote || pair.First.Notes.Any(note => note.StartsWith(vote.Choice.Question.In(language), StringComparison.Ordinal))));
    }

    private static string? Named(IEnumerable<RecordedName> names, string? id, string language) => id is null ? null : names.First(one => one.Id == id).Name.In(language);

    /// <summary>A cue is in capitals; whose name it was is told from it as far as capitals can tell.</summary>
    private static string? Heard(string? name) => name is null || !name.Any(char.IsAsciiLetter)
        ? name
        : string.Join(' ', name.Split(' ').Select(word => word.Length > 1 ? char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant() : word));
}
