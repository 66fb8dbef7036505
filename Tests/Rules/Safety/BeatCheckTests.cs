using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Plot.Simulation;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Tests.Rules.Plot;

namespace Orleans.Story.Tests.Rules.Safety;

/// <summary>A sound beat, spoilt in one way at a time: the check that is meant finds it.</summary>
public sealed class BeatCheckTests
{
    private static readonly Film Wild = PaperFilms.Of(1);
    private static readonly ToldShow Show = Rehearsals.Tell(Wild, new RehearsalTerms(600), Audiences.Random, 1);
    private static readonly ToldStep Sound = Show.Steps[2];

    public static TheoryData<string, string> Spoilt { get; } = new()
    {
        { "shape", "ordinal" }, { "shape", "no lines" }, { "shape", "one option" }, { "shape", "no question" }, { "shape", "ends" },
        { "place", "nowhere" }, { "cast", "stranger" }, { "speaker", "absent" }, { "fact-twice", "fact" }, { "unopened-promise", "promise" },
        { "repetition", "again" }, { "unknown-fact", "unheard" }, { "unknown-promise", "unpromised" }, { "cast", "side" }, { "needs", "needs" },
        { "bars", "bars" }, { "length", "long" }, { "language", "french" }, { "options", "alike" },
        { "gone", "gone" }, { "closed", "closed" }, { "fact-twice", "twice" }, { "options", "nearly" }, { "repetition", "said twice" }, { "name", "stranger named" },
        { "leak", "leak" }, { "rating", "rating" }, { "blocklist", "blocked label" }, { "language", "wrong script" },
    };

    [Fact]
    public void A_sound_beat_has_none() => BeatChecks.Of(Wild, Sound.Plan, Sound.Beat, ["en", "zh"]).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Spoilt))]
    public void A_spoilt_one_is_found(string check, string how)
    {
        var (plan, beat) = Spoil(Sound.Plan, Sound.Beat, how);
        var film = Wild with
        {
            Cast = [.. Wild.Cast.Select(one => one with { Gone = how == "gone" ? ["fact-11"] : [] })],
            Places = [.. Wild.Places.Select(one => one with { Closed = how == "closed" ? ["fact-11"] : [] })],
        };
        BeatChecks.Of(film, plan, beat, how == "french" ? ["en", "fr"] : ["en", "zh"]).Select(finding => finding.Check).ShouldContain(check);
    }

    /// <summary>A refrain is the author's: whoever tells the storylet may come back to it, in its translation too; to what another beat said nobody may.</summary>
    [Fact]
    public void What_its_storylet_says_may_be_said_again_and_what_another_said_may_not()
    {
        var told = Sound.Beat.Lines[0].Words;
        var freely = told with { Words = told.Words + " Again, then", Others = [.. told.Others.Select(other => other with { Words = other.Words + "又来了" })] };
        var beat = Sound.Beat with { Lines = Sound.Beat.Lines.SetItem(0, Sound.Beat.Lines[0] with { Words = freely }) };
        var past = new StorySoFar([new PastBeat(0, "act-0", "road", [], told, [new Line(null, freely)], null)]);
        BeatChecks.Of(Wild, Sound.Plan, beat, ["en", "zh"], new CheckTerms(past)).Where(finding => finding.Check == "repetition").ShouldBeEmpty();
        BeatChecks.Of(Wild, Sound.Plan, beat with { Storylet = null }, ["en", "zh"], new CheckTerms(past)).Select(finding => finding.Check).ShouldContain("repetition");
    }

    private static (Plan Plan, Beat Beat) Spoil(Plan plan, Beat beat, string how) => how switch
    {
        "ordinal" => (plan, beat with { Ordinal = beat.Ordinal + 1 }),
        "no lines" => (plan, beat with { Lines = [] }),
        "one option" => (plan, beat with { Options = [beat.Options[0]] }),
        "no question" => (plan, beat with { Question = null }),
        "ends" => (plan, beat with { Function = BeatFunction.Resolution, Options = [], Question = null }),
        "nowhere" => (plan, beat with { Place = "moon" }),
        "stranger" => (plan, beat with { Cast = [.. beat.Cast, "zoe"] }),
        "absent" => (plan, beat with { Cast = [], Lines = [new Line("ann", beat.Lines[0].Words), .. beat.Lines] }),
        "fact" => (plan with { Facts = ["fact-1"] }, beat with { Sets = ["fact-1"] }),
        "promise" => (plan with { Promises = [] }, beat with { Pays = ["promise-1"] }),
        "again" => (plan with { Told = [beat.Storylet!] }, beat),
        "unheard" => (plan, beat with { Sets = ["nobody-knows"] }),
        "unpromised" => (plan, beat with { Opens = ["nobody-knows"] }),
        "side" => (plan, beat with { Options = [.. beat.Options.Select(option => option with { For = ImmutableArray.Create("zoe") })] }),
        "needs" => Told(plan with { Facts = [] }, beat, Wild.Storylets.First(one => !one.Needs.IsEmpty)),
        "bars" => Barred(plan, beat, Wild.Storylets.First(one => !one.Bars.IsEmpty)),
        "long" => (plan, beat with { Lines = [.. Enumerable.Repeat(new Line(null, Text.Both(new string('a', 200), new string('字', 80))), 12)] }),
        "french" => (plan, beat),
        "gone" or "closed" => (plan with { Facts = ["fact-11"] }, beat with { Cast = ["ann"] }),
        "twice" => (plan, beat with { Sets = ["fact-11", "fact-11"] }),
        "nearly" => (plan, beat with { Options = [beat.Options[0] with { Label = Text.Both("Stay!", "留下！") }, beat.Options[0] with { Label = Text.Both("stay", "留下") }] }),
        "said twice" => Says(plan, beat, Text.Both("The rope gives, and nobody says a word.", "绳子松了，谁也没说话。"), twice: true),
        "stranger named" => Says(plan, beat, Text.Both("Behind them Marcus closes the door.", "门关上了。")),
        "leak" => Says(plan, beat, Text.Both("Here is the next scene.", "门关上了。")),
        "rating" => (plan, beat with { Question = Text.Both("What the fuck?", "什么？") }),
        "blocked label" => (plan, beat with { Options = [beat.Options[0] with { Label = Text.Both("Kill yourself", "走") }, beat.Options[1]] }),
        "wrong script" => (plan, beat with { Moment = Text.Both("深夜下雨", "夜") }),
        "alike" => (plan, beat with { Options = [beat.Options[0], beat.Options[0]] }),
        _ => throw new ArgumentOutOfRangeException(nameof(how), how, "No one spoils it like that."),
    };

    private static (Plan Plan, Beat Beat) Says(Plan plan, Beat beat, Text words, bool twice = false) =>
        (plan, beat with { Lines = [.. beat.Lines.Take(4), .. Enumerable.Repeat(new Line(null, words), twice ? 2 : 1)] });

    private static (Plan Plan, Beat Beat) Told(Plan plan, Beat beat, Storylet storylet) => (plan, beat with { Storylet = storylet.Id, Place = storylet.Place });

    private static (Plan Plan, Beat Beat) Barred(Plan plan, Beat beat, Storylet storylet) => Told(plan with { Facts = storylet.Bars }, beat, storylet);
}
