using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Plot;

public sealed class AsidesTests
{
    [Fact]
    public void BeforeTheFirstLineThereIsNothingToMiss()
    {
        var show = Show();
        Ask(show, new AsideRequest(AsideKind.Missed, "en")).Refusal!.Code.ShouldBe("not-started");
        Asides.Company(show.State, PaperFilm.Film).ShouldBeEmpty();
    }

    [Fact]
    public void OnlyWhatHasAiredIsKnown()
    {
        var show = Show();
        show.Until(state => state.Ordinal == 2 && state.Aired.Length == 1);
        var past = Ask(show, new AsideRequest(AsideKind.Missed, "en")).Order!.Past.Beats;
        past.Length.ShouldBe(3);
        past[^1].Lines.Length.ShouldBe(1, "one line of the beat on the wall has aired");
        past[^1].Gist.Words.ShouldBe(show.State.Current!.Lines[0].Words.Words);
        past[0].Chosen.ShouldNotBeNull();
    }

    [Fact]
    public void ACharacterKnowsWhatTheyWereThereForAndNothingElse() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 6), seed);
        show.Until(state => state.Ordinal >= 2 && !state.Aired.IsEmpty);
        return Asides.Company(show.State, PaperFilm.Film).All(met =>
        {
            var asked = Ask(show, new AsideRequest(AsideKind.Talk, "en", met.Id, "Who are you?"));
            return asked.Order is { } order && !order.Past.Beats.IsEmpty && order.Past.Beats.All(beat => beat.Cast.Contains(met.Id)) && order.Past.Acts is null;
        });
    }, 60);

    [Theory]
    [InlineData("nobody", "Hello?", "not-met")]
    [InlineData(null, "Hello?", "not-met")]
    [InlineData("ann", "", "bad-remark")]
    [InlineData("ann", null, "bad-remark")]
    [InlineData("ann", "\u200b\u202e", "bad-remark")]
    public void WhatCannotBeSaidIsRefused(string? to, string? words, string code)
    {
        var show = Show();
        show.Until(state => state.Ordinal == 1 && !state.Aired.IsEmpty);
        Ask(show, new AsideRequest(AsideKind.Talk, "en", to, words)).Refusal!.Code.ShouldBe(code);
    }

    [Fact]
    public void AReviewWaitsForTheEndAndALanguageForTheFilm()
    {
        var show = Show();
        show.Until(state => state.Ordinal == 1 && !state.Aired.IsEmpty);
        Ask(show, new AsideRequest(AsideKind.Review, "en")).Refusal!.Code.ShouldBe("not-ended");
        Ask(show, new AsideRequest(AsideKind.Missed, "fr")).Refusal!.Code.ShouldBe("bad-language");
        show.Until(state => state.Phase == SessionPhase.Ended);
        var order = Ask(show, new AsideRequest(AsideKind.Review, "zh")).Order!;
        Asides.Plain(PaperFilm.Film, order)!.ShouldContain(PaperFilm.Film.Title.In("zh"));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void WithoutAModelTheFilmsOwnWordsAreSaid(string language)
    {
        var show = Show();
        show.Until(state => state.Ordinal == 3 && !state.Aired.IsEmpty);
        foreach (var kind in new[] { AsideKind.Missed, AsideKind.Scene })
        {
            var order = Ask(show, new AsideRequest(kind, language)).Order!;
            var plain = Asides.Plain(PaperFilm.Film, order).ShouldNotBeNull();
            AsideChecks.Of(PaperFilm.Film, order, plain).ShouldBeEmpty();
            plain.Any(letter => letter >= 0x4E00).ShouldBe(language == "zh");
        }

        Asides.Plain(PaperFilm.Film, Ask(show, new AsideRequest(AsideKind.Talk, language, Asides.Company(show.State, PaperFilm.Film)[0].Id, "Hello")).Order!)
            .ShouldBeNull("nobody puts words into a character's mouth");
    }

    [Fact]
    public void ASecretIsGivenAwayToNobody()
    {
        var show = Show();
        show.Until(state => state.Ordinal == 1 && !state.Aired.IsEmpty);
        var order = Ask(show, new AsideRequest(AsideKind.Missed, "zh")).Order!;
        var film = PaperFilm.Film with { Cast = [PaperFilm.Film.Cast[0] with { Secret = new Text("en", "She sank it.", [new Wording("zh", "船是她弄沉的。")]) }] };
        AsideChecks.Of(film, order, "听说船是她弄沉的，真的").Single().Check.ShouldBe("secret");
        AsideChecks.Of(PaperFilm.Film, order, new string('雨', 300)).Select(finding => finding.Check).ShouldContain("length");
    }

    [Theory]
    [InlineData("As an AI language model I cannot say.", "leak")]
    [InlineData("What a bastard he is, damn him.", "rating")]
    [InlineData("昨晚下着雨。", "language")]
    [InlineData("The popcorn is gone.", "blocklist")]
    [InlineData("She hid the gun.", "forbidden-word")]
    [InlineData("{\"answer\": \"yes\"}", "leak")]
    [InlineData("The audience voted for the door, and Zebulon waits behind it.", null)]
    public void WhatAModelSaysBesideTheStoryIsCheckedByTheRatingTheVenueAndTheEvening(string words, string? check)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 6) with { Rating = "G" }, 3);
        show.Until(state => state.Ordinal == 1 && !state.Aired.IsEmpty);
        show.Direct(DirectorAction.Forbid, name: "gun").Refusal.ShouldBeNull();
        var order = Ask(show, new AsideRequest(AsideKind.Missed, "en")).Order!;
        order.Rating.ShouldBe("G");
        var venue = Blocklist.BuiltIn.With([new("popcorn", "never")]);
        AsideChecks.Of(PaperFilm.Film, order, words, venue).Select(finding => finding.Check).Distinct(StringComparer.Ordinal).ShouldBe(check is null ? [] : [check]);
    }

    [Fact]
    public void WhatMayNotBeRemarkedIsSaidToNoCharacterEither()
    {
        var show = Show();
        show.Until(state => state.Ordinal == 1 && !state.Aired.IsEmpty);
        var somebody = Asides.Company(show.State, PaperFilm.Film)[0].Id;
        foreach (var (_, remark) in Safety.RemarkScreenTests.Hostile)
        {
            var (order, refusal) = Ask(show, new AsideRequest(AsideKind.Talk, "en", somebody, remark));
            refusal.ShouldBe(RemarkScreen.Of(remark, PaperFilm.Film.Rating).Refusal);
            if (order is not null) order.Request.Words.ShouldBe(Quotation.Of(remark));
        }
    }

    private static PaperShow Show() => new(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 6), 3);

    private static AsideAsked Ask(PaperShow show, AsideRequest request) => Asides.Ask(show.State, PaperFilm.Film, request, [], show.NowMs);
}
