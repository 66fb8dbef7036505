using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Rules.Suggestions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Sessions;

/// <summary>Which suggestion becomes an option, where it leads, and that nothing promises what the film cannot tell.</summary>
public sealed class TurnTests
{
    private const string Door = "Close the door on the rain";

    [Fact]
    public void Nobody_suggests_before_an_operator_lets_them_and_only_while_a_beat_is_told()
    {
        var show = Show();
        Refuses(show).ShouldBe("turns-off");
        show.Operate(OperatorAction.TurnsOn).Refusal.ShouldBeNull();
        show.Operate(OperatorAction.TurnsOn).Events.ShouldBeEmpty();
        Refuses(show).ShouldBe("not-now");
        show.Until(state => state.Aired.Length > 0);
        Refuses(show).ShouldBeNull();
        show.Until(state => state.Round is not null);
        Refuses(show).ShouldBe("not-now");
        show.Operate(OperatorAction.TurnsOff);
        Refuses(show).ShouldBe("turns-off");
        show.Until(state => state.Phase == SessionPhase.Ended);
        Refuses(show).ShouldBe("ended");
    }

    [Theory]
    [InlineData("", 0, 0, 0, true, "bad-suggestion")]
    [InlineData("x", TurnRules.Most, 0, 0, true, "later")]
    [InlineData("x", 0, TurnRules.MostPerSeat, 0, true, "enough")]
    [InlineData("x", 0, 0, TurnRules.PaceMs - 1, true, "slow-down")]
    [InlineData("x", 0, 0, TurnRules.PaceMs, true, null)]
    [InlineData("x", 0, 0, 0, false, "later")]
    [InlineData("the gun", 0, 0, 0, true, "not-here")]
    public void A_seat_and_a_scene_are_bounded(string words, int all, int own, long sinceMs, bool joins, string? code)
    {
        var show = Telling();
        show.Direct(DirectorAction.Forbid, name: "gun").Refusal.ShouldBeNull();
        TurnRules.Refuses(show.State, 5, 0, words, CheckTerms.Usual, all, own, sinceMs == 0 ? 0 : show.NowMs - sinceMs, () => joins, show.NowMs)?.Code.ShouldBe(code);
    }

    [Fact]
    public void A_void_ticket_a_banned_and_a_muted_seat_suggest_nothing()
    {
        var show = Telling();
        Seat(show, OperatorAction.Mute, 5);
        Refuses(show).ShouldBe("muted");
        Seat(show, OperatorAction.Unmute, 5);
        Seat(show, OperatorAction.Kick, 5);
        Refuses(show).ShouldBe("kicked");
        Seat(show, OperatorAction.Ban, 5);
        TurnRules.Refuses(show.State, 5, 9, "x", CheckTerms.Usual, 0, 0, 0, () => true, show.NowMs)!.Code.ShouldBe("banned");
    }

    [Fact]
    public void A_yes_makes_it_the_next_option_and_its_beat_is_planned_at_once()
    {
        var show = Telling();
        var one = Said(1, Door);
        Approve(show, one);
        Choose(show, one);
        show.State.Turns.Next!.Id.ShouldBe(one.Id);
        var road = show.State.Turns.Next.Storylet.ShouldNotBeNull();
        show.Advance();
        show.State.Plans[3].Storylet.ShouldBe(road, "the writer is at work long before the vote");
        show.State.Current!.Options.Length.ShouldBe(3, "and the wall shows nothing yet");
        show.State.Plans.Values.Take(3).Select(plan => plan.Storylet).ShouldNotContain(road, "it leads where no other option does");

        var offered = Open(show, one);
        offered.Option.Label.ShouldBe(Text.Of("en", Door));
        (offered.Option.ByAudience, offered.Option.Sets.Length, offered.Seats).ShouldBe((true, 0, 1));
        show.State.Round!.Rule.Options.ShouldBe(4);
        show.State.Current!.Options.Length.ShouldBe(4);
        var stage = Stage(show);
        stage.Round!.Options[3].Words.ShouldBe(Door);
        stage.Round.Turn.ShouldBe(new StageTurn(3, 1, false));
        stage.TurnsOpen.ShouldBeFalse();
    }

    [Fact]
    public void When_it_wins_the_story_goes_there_and_the_writer_is_told_who_asked()
    {
        var show = Telling();
        var one = Said(1, Door);
        Approve(show, one);
        Choose(show, one);
        show.Advance();
        var road = show.State.Turns.Next!.Storylet;
        Recall.Of(show.State, 3, turn: new Option(Text.Of("en", Door), [], null, ByAudience: true)).Beats[^1].ShouldSatisfyAllConditions(
            past => past.Chosen!.Words.ShouldBe(Door), past => past.ByAudience.ShouldBeTrue("quoted before the vote opens"));
        Open(show, one);
        Recall.Of(show.State, 3).Beats[^1].ByAudience.ShouldBeTrue("and after");
        Decide(show, 3);
        show.State.Decided[^1].Turn.ShouldBe(new StageTurn(3, 1, false));
        show.State.Via.ShouldBe(3);
        show.State.Turns.ShouldBe(Turns.AtFirst with { On = true }, "the next beat has suggestions of its own");
        show.Until(state => state.Aired.Length > 0);
        show.State.Current!.Storylet.ShouldBe(road);
        Recall.Of(show.State, 0).Beats[0].ByAudience.ShouldBeTrue();
        StageView.Choice(show.State.Decided[^1], PaperFilm.Film).Turn!.Option.ShouldBe(3);
    }

    [Fact]
    public void What_no_scene_of_the_film_is_about_is_not_offered()
    {
        var show = Telling();
        var one = Said(1, "Fly to the moon with a dragon");
        Approve(show, one);
        Choose(show, one);
        show.State.Turns.Next.ShouldBeNull();
        show.Until(state => state.Round is not null);
        show.State.Round!.Rule.Options.ShouldBe(3);
    }

    [Fact]
    public void With_a_model_at_work_it_is_offered_only_once_its_beat_is_written()
    {
        foreach (var isWritten in (bool[])[true, false])
        {
            var show = Telling();
            ByModel(show, 0);
            var one = Said(1, "Fly to the moon with a dragon");
            Approve(show, one);
            Choose(show, one);
            show.State.Turns.Next.ShouldBe(new NextTurn(one.Id, null));
            show.Do(Clock(show));
            if (isWritten) ByModel(show, 3);
            while (show.State.Round is null) Step(show, one);
            show.State.Round!.Rule.Options.ShouldBe(isWritten ? 4 : 3);
            show.State.Prepared.ContainsKey(3).ShouldBe(isWritten);
            show.State.Plans.ContainsKey(3).ShouldBe(isWritten, "what is no option is planned for nobody");
        }
    }

    [Fact]
    public void Most_seats_win_then_the_earliest()
    {
        var show = Telling();
        var (rain, letter) = (Said(1, Door, 100), Said(2, "The letter in the room", 50));
        Approve(show, rain);
        Approve(show, letter);
        Choose(show, rain, letter);
        show.State.Turns.Next!.Id.ShouldBe(letter.Id, "as many, and earlier");
        Choose(show, rain, letter, Said(3, Door, 200));
        show.State.Turns.Next!.Id.ShouldBe(rain.Id, "two seats");
        Choose(show, rain, letter, Said(3, Door, 200), Said(2, "that letter, in the room", 300));
        show.State.Turns.Next!.Id.ShouldBe(rain.Id, "a seat that says it twice counts once");
        show.Events.OfType<TurnChosen>().Count().ShouldBe(2);
    }

    [Fact]
    public void What_the_film_offers_already_is_not_offered_twice()
    {
        var show = Telling();
        var one = Said(1, "Ann should speak!");
        TurnRules.IsOption(show.State, one).ShouldBeTrue();
        Approve(show, one);
        Choose(show, one);
        show.State.Turns.Next.ShouldBeNull();
        TurnRules.IsOption(show.State, Said(1, "让安开口吧")).ShouldBeTrue("in any of its languages");
    }

    [Fact]
    public void Where_many_seats_suffice_a_no_is_still_a_no()
    {
        var show = Telling(OperatorAction.TurnsAuto);
        var said = Enumerable.Range(1, TurnRules.AutoSeats).Select(seat => Said(seat, Door)).ToArray();
        Choose(show, said[..^1]);
        show.State.Turns.Next.ShouldBeNull("one short");
        Choose(show, said);
        show.State.Turns.Next!.Id.ShouldBe(said[0].Id);
        show.Events.OfType<SuggestionApproved>().Single().By.ShouldBe("");
        Judge(show, said[0].Id, SuggestionVerdict.Reject).ShouldBeNull();
        Choose(show, said);
        show.State.Turns.Next.ShouldBeNull();
    }

    [Fact]
    public void A_director_words_it_and_the_option_says_so()
    {
        var show = Telling();
        var one = Said(1, Door);
        Judge(show, one.Id, SuggestionVerdict.Approve, "Shut the rain out").ShouldBeNull();
        Judge(show, one.Id, SuggestionVerdict.Approve, "Shut the rain out").ShouldBeNull();
        show.Events.OfType<SuggestionApproved>().Count().ShouldBe(1);
        Judge(show, one.Id, SuggestionVerdict.Approve, "\u200B").ShouldBe("bad-suggestion");
        Choose(show, one);
        show.Advance();
        var offered = Open(show, one, new TurnWords(Text.Of("en", "Shut the rain out"), 7, true));
        (offered.Option.ByDirector, Stage(show).Round!.Turn).ShouldBe((true, new StageTurn(3, 7, true)));
    }

    [Fact]
    public void After_the_vote_has_opened_nothing_changes_any_more()
    {
        var show = Telling();
        var one = Said(1, Door);
        Approve(show, one);
        Choose(show, one);
        show.Advance();
        Open(show, one);
        Judge(show, one.Id, SuggestionVerdict.Withdraw).ShouldBe("turn-late");
        show.Operate(OperatorAction.TurnsOff).Refusal.ShouldBeNull();
        show.State.Current!.Options.Length.ShouldBe(4, "people are voting on it");
        Decide(show, 3);
        show.State.Turns.ShouldBe(Turns.AtFirst);
    }

    [Fact]
    public void Switched_off_before_the_vote_it_is_none()
    {
        var show = Telling();
        var one = Said(1, Door);
        Approve(show, one);
        Choose(show, one);
        show.Advance();
        show.Operate(OperatorAction.TurnsOff);
        show.State.Plans.Count.ShouldBe(3);
        show.Until(state => state.Round is not null);
        show.State.Round!.Rule.Options.ShouldBe(3);
    }

    [Fact]
    public void Forgotten_before_the_vote_its_words_are_on_no_wall_and_in_no_record()
    {
        var show = Telling();
        var one = Said(1, Door);
        Approve(show, one);
        Choose(show, one);
        while (show.State.Round is null) Step(show, null);
        show.State.Round!.Rule.Options.ShouldBe(3);
        foreach (var happened in show.Events) System.Text.Encoding.UTF8.GetString(EventCodecs.Session.Write(happened).Body.Span).ShouldNotContain(Door);
    }

    [Fact]
    public void A_scene_that_is_refused_meanwhile_is_looked_for_again()
    {
        var show = Telling();
        var one = Said(1, Door);
        Approve(show, one);
        Choose(show, one);
        show.Advance();
        var before = show.State.Turns.Next!.Storylet;
        show.Direct(DirectorAction.Reject, beat: show.State.Ordinal + 1, option: 3).Refusal.ShouldBeNull();
        show.Advance();
        Choose(show, one);
        show.State.Turns.Next!.Storylet.ShouldNotBe(before);
        show.Advance();
        Open(show, one).Seats.ShouldBe(1);
    }

    [Fact]
    public void A_question_that_is_asked_again_has_the_same_options()
    {
        foreach (var isOffered in (bool[])[true, false])
        {
            var show = Telling();
            var one = Said(1, Door);
            if (isOffered)
            {
                Approve(show, one);
                Choose(show, one);
                show.Advance();
                Open(show, one);
            }

            show.Until(state => state.Round is not null);
            Decide(show, 0);
            show.Operate(OperatorAction.Rerun, reason: "once more").Refusal.ShouldBeNull();
            TurnRules.IsOpen(show.State).ShouldBeFalse();
            while (show.State.Round is null) Step(show, one);
            show.State.Round!.Rule.Options.ShouldBe(isOffered ? 4 : 3);
            Stage(show).Round!.Turn.ShouldBe(isOffered ? new StageTurn(3, 1, false) : null);
        }
    }

    [Fact]
    public void Whatever_is_suggested_the_show_ends_in_time_and_replays_to_the_byte_and_a_turn_is_never_an_empty_promise() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film), seed) { WriterFails = 0.3 };
        show.Operate(OperatorAction.Open);
        show.Operate(Seeds.Below(Seeds.For(seed, 3), 2) == 0 ? OperatorAction.TurnsAuto : OperatorAction.TurnsOn);
        show.Advance();
        show.Operate(OperatorAction.Start);
        string[] wordings = [Door, "close that door on the rain", "Read the letter in the room", "Fly to the moon", "Bo speaks", "把那封信读出来", "关门挡雨"];
        var said = new List<Suggestion>();
        var beat = -1;
        for (var steps = 0; show.State.Phase != SessionPhase.Ended; steps++)
        {
            steps.ShouldBeLessThan(3000);
            if (show.State.Ordinal != beat) said.Clear();
            beat = show.State.Ordinal;
            var draw = Seeds.For(seed, 10_000 + steps);
            if (TurnRules.IsOpen(show.State))
            {
                if (Seeds.Below(draw, 2) == 0) said.Add(new Suggestion(new Guid(steps + 1, 0, 0, new byte[8]), 1 + Seeds.Below(draw, 9), wordings[Seeds.Below(Seeds.For(draw, 1), wordings.Length)], show.NowMs));
                if (said.Count > 0 && Seeds.Below(Seeds.For(draw, 2), 3) == 0)
                    show.Do(TurnRules.Judge(show.State, new JudgeSuggestion(said[Seeds.Below(Seeds.For(draw, 3), said.Count)].Id, (SuggestionVerdict)Seeds.Below(Seeds.For(draw, 4), 3), "d"), CheckTerms.Usual, show.NowMs));
                Choose(show, [.. said]);
            }

            var next = show.State.Turns.Next is { } wanted ? said.Find(one => one.Id == wanted.Id) : null;
            var options = show.State.Current?.Options.Length;
            if (show.Draw() < 0.8) Step(show, next);
            else show.Advance();
            if (show.Events[^1] is RoundOpened && show.State.Turns.Offered is { } offered)
            {
                offered.Turn.Option.ShouldBe(show.State.Current!.Options.Length - 1);
                show.State.Current.Options.Length.ShouldBeLessThanOrEqualTo(4);
                var plan = show.State.Plans[offered.Turn.Option];
                plan.Ends.ShouldBeFalse();
                var about = PaperFilm.Film.Storylets.First(one => one.Id == plan.Storylet);
                Roads.Find(PaperFilm.Film, [about], LikeWords.Of(show.State.Current.Options[^1].Label.Words), show.State.Current.Options[^1].Label.Language).ShouldNotBeNull();
            }
        }

        var replayed = SessionState.None;
        foreach (var happened in show.Events)
        {
            var row = EventCodecs.Session.Write(happened);
            replayed = SessionFold.Evolve(replayed, EventCodecs.Session.Read(row.Type, row.Format, row.Body.Span));
        }

        return JsonSerializer.Serialize(replayed) == JsonSerializer.Serialize(show.State)
            && show.Events.OfType<TurnOffered>().GroupBy(offered => offered.Beat).All(beat => beat.Count() == 1)
            && show.State.Current!.Ends && Math.Abs(show.NowMs - show.State.EndsAtMs) < 12_000;
    }, count: 200);

    private static PaperShow Show() => new(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, wall: ["en", "zh"]), 3);

    private static PaperShow Telling(OperatorAction on = OperatorAction.TurnsOn)
    {
        var show = Show();
        show.Operate(on).Refusal.ShouldBeNull();
        return show.Until(state => state.Aired.Length > 0 && state.Prepared.Count == 3);
    }

    private static Suggestion Said(int seat, string words, long atMs = 0) => new(new Guid(seat, (short)atMs, (short)words.Length, new byte[8]), seat, words, atMs);

    private static string? Refuses(PaperShow show) => TurnRules.Refuses(show.State, 5, 0, "x", CheckTerms.Usual, 0, 0, 0, () => true, show.NowMs)?.Code;

    private static void Approve(PaperShow show, Suggestion one) => Judge(show, one.Id, SuggestionVerdict.Approve).ShouldBeNull();

    private static string? Judge(PaperShow show, Guid id, SuggestionVerdict verdict, string? words = null)
    {
        var decision = TurnRules.Judge(show.State, new JudgeSuggestion(id, verdict, "director", words), CheckTerms.Usual, show.NowMs);
        show.Do(decision);
        return decision.Refusal?.Code;
    }

    private static void Choose(PaperShow show, params Suggestion[] said) =>
        show.Do(new SessionDecision(TurnRules.Choose(show.State, PaperFilm.Film, SuggestionGroups.Of(said, show.State.Turns.Decided), show.NowMs), null));

    private static SessionDecision Clock(PaperShow show, TurnWords? words = null) =>
        SessionClock.Next(show.State, PaperFilm.Film, show.NowMs, false, words) is Happen happen ? new SessionDecision(happen.Events, null) : SessionDecision.Nothing;

    /// <summary>One step with the words at hand; without them the show goes on alone.</summary>
    private static void Step(PaperShow show, Suggestion? one, TurnWords? words = null)
    {
        words ??= one is null ? null : new TurnWords(SuggestionWords.Label(one.Words, ["en", "zh"]), 1, false);
        if (Clock(show, words) is { Events.IsEmpty: false } happens) show.Do(happens);
        else show.Advance();
    }

    private static TurnOffered Open(PaperShow show, Suggestion one, TurnWords? words = null)
    {
        while (show.State.Round is null) Step(show, one, words);
        return show.Events.OfType<TurnOffered>().ShouldHaveSingleItem();
    }

    private static void Decide(PaperShow show, int winner)
    {
        show.Do(SessionDecision.Of(new RoundDecided(show.State.Round!.Round, [new BookLine($"{winner}", 1, 5)], [1], 1, winner, show.NowMs)));
        show.State.Round.ShouldBeNull();
    }

    private static void ByModel(PaperShow show, int option)
    {
        var state = show.State;
        var told = StoryletTelling.Tell(PaperFilm.Film, state.Plans[option]) with { Writer = "qwen", Storylet = null };
        if (state.Prepared.ContainsKey(option)) show.Do(SessionDecision.Of(new PlanMade(state.Plans[option] with { Made = state.Version + 1 })));
        show.Do(SessionDecision.Of(new BeatPrepared(told with { Made = show.State.Plans[option].Made })));
    }

    private static Stage Stage(PaperShow show) => StageView.Of(show.State, SessionId.New(DateTimeOffset.UnixEpoch), PaperFilm.Film, 1, show.NowMs, 0, 0);

    private static void Seat(PaperShow show, OperatorAction action, int seat) =>
        show.Do(SessionRules.Operate(show.State, PaperFilm.Film, new OperatorCommand(action, "operator", "", 0, false, seat), show.NowMs));
}

