using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Films;

/// <summary>One break a row: where, what was there, what is there now, and all that is said about it.</summary>
public sealed class BrokenStoryletTests
{
    [Theory]
    [InlineData("beats.yaml", "function: setup", "function: set-up",
        "storylets/beats.yaml(2,13): there is no function \"set-up\". Did you mean setup? Write one of: setup, reveal, climax, crisis, reversal, resolution, complication.")]
    [InlineData("beats.yaml", "cast: [mei, zhou]", "cast: [may, zhou]",
        "storylets/beats.yaml(8,10): the character \"may\" is not in the cast. Write one of: mei, zhou.")]
    [InlineData("beats.yaml", "cast: [mei, zhou]", "cast: [mei]",
        "storylets/beats.yaml(14,7): zhou speaks but is not in the cast of horn. Add zhou to its cast, or give the line to someone who is there.",
        "storylets/beats.yaml(21,7): zhou speaks but is not in the cast of horn. Add zhou to its cast, or give the line to someone who is there.")]
    [InlineData("beats.yaml", "cast: [mei, zhou]", "cast: mei",
        "storylets/beats.yaml(8,9): the character must be a list. Write [one, two], or one item a line, each after a hyphen.")]
    [InlineData("beats.yaml", "place: pier", "place: peer",
        "storylets/beats.yaml(6,10): the place \"peer\" is not among the places. Write pier.")]
    [InlineData("beats.yaml", "acts: [departure]", "acts: [departures]",
        "storylets/beats.yaml(4,10): the act \"departures\" is not among the acts. Did you mean departure? Write one of: departure, crossing.")]
    [InlineData("beats.yaml", "acts: [departure]", "acts: []",
        "storylets/beats.yaml(4,9): acts is empty. Name at least one act in which this may be told.")]
    [InlineData("beats.yaml", "sets: [waits]", "sets: [waited]",
        "storylets/beats.yaml(27,14): the fact \"waited\" is not among the facts. Write waits.")]
    [InlineData("beats.yaml", "- id: lamp", "- id: horn",
        "storylets/beats.yaml(29,7): the storylet horn is written twice (first in Films/pier/storylets/beats.yaml, line 1). Rename or delete one of the two.")]
    [InlineData("beats.yaml", "tension: 0.2", "tension: 2",
        "storylets/beats.yaml(5,12): tension must be a number from 0 to 1. Write it with a decimal point, like 0.4.")]
    [InlineData("beats.yaml", "opening: true\n", "opening: yes\n",
        "storylets/beats.yaml(3,12): opening must be true or false. Write true, or leave the key out.")]
    [InlineData("beats.yaml", "  opening: true\n", "",
        "film.yaml(1,1): no storylet opens the film. Write opening: true in exactly one.")]
    [InlineData("beats.yaml", "function: complication", "function: complication\n  opening: true",
        "storylets/beats.yaml(29,7): lamp opens the film, and so does horn. Write opening: true in exactly one.",
        "storylets/beats.yaml(29,7): the opening lamp is not in the first act. Add departure to its acts.")]
    [InlineData("beats.yaml", "zhou｜我没碰它", "mei｜我没碰它",
        "storylets/beats.yaml(43,7): line 2 is said by mei in zh, but said by zhou in en (line 39 of this file). Give the line the same speaker in every language.",
        "storylets/beats.yaml(43,7): mei speaks but is not in the cast of lamp. Add mei to its cast, or give the line to someone who is there.")]
    [InlineData("beats.yaml", "zhou｜我没碰它", "我没碰它",
        "storylets/beats.yaml(43,7): line 2 is narration in zh, but said by zhou in en (line 39 of this file). Give the line the same speaker in every language.")]
    [InlineData("beats.yaml", "zhou｜I did", "zhuo｜I did",
        "storylets/beats.yaml(39,7): the speaker \"zhuo\" is not in the cast. Did you mean zhou? Write one of: zhou, mei.")]
    [InlineData("beats.yaml", "zhou｜I did", "zhou: I did",
        "storylets/beats.yaml(39,7): zhou is followed by a colon. Write zhou｜ with a bar.")]
    [InlineData("beats.yaml", "      售票窗上的灯自己灭了。\n", "      ",
        "storylets/beats.yaml(22,13): line 4 is said by mei in zh, but narration in en (line 16 of this file). Give the line the same speaker in every language.")]
    [InlineData("beats.yaml", "      Behind the glass", "      # a hand\n      Behind the glass",
        "storylets/beats.yaml(40,7): this line would be aired: a block has no comments. Move the comment out of the block or delete it.",
        "storylets/beats.yaml(41,7): from here on en has lines that zh has not (en has 4, zh has 3). Write the missing ones in zh, or delete these.")]
    [InlineData("beats.yaml", "      The horn sounds twice.", "      mei｜\n      The horn sounds twice.",
        "storylets/beats.yaml(12,7): nothing is said on this line. Write words after the bar or delete the line.",
        "storylets/beats.yaml(20,7): line 1 is narration in zh, but said by mei in en (line 12 of this file). Give the line the same speaker in every language.")]
    [InlineData("beats.yaml", "    zh: |\n      汽", "    zh: >\n      汽",
        "storylets/beats.yaml(18,9): the lines in zh must be a block. Write \"zh: |\" and each aired line on a line of its own below.")]
    [InlineData("beats.yaml", "question: {en: Does she wait?, zh: 她等不等？}\n  ", "",
        "storylets/beats.yaml(1,7): the question is missing. Write question: {…}; only a resolution has none.")]
    [InlineData("beats.yaml", "    - label: {en: Go, zh: 走}\n", "",
        "storylets/beats.yaml(26,5): there is 1 option. Write 2 to 4.")]
    [InlineData("beats.yaml", "label: {en: Go, zh: 走}", "label: {en: Wait, zh: 走}",
        "storylets/beats.yaml(28,7): two options have the same label. Word them so that the hall can tell them apart.")]
    [InlineData("beats.yaml", "label: {en: Go, zh: 走}", "label: {en: Go before anybody on the pier can tell her what waiting is good for, zh: 走}",
        "storylets/beats.yaml(28,19): the label (en) has 67 characters; 60 fit. Cut 7.")]
    [InlineData("beats.yaml", "    - label: {en: Nobody, zh: 谁也不去}\n      sets: [waits]", "    - label: {en: Nobody, zh: 谁也不去}",
        "storylets/beats.yaml(47,7): warning: the choice in lamp changes nothing: its options set the same facts. Let at least one option set a fact of its own.")]
    [InlineData("beats.yaml", "sets: [waits]", "set: [waits]",
        "storylets/beats.yaml(26,7): warning: the choice in horn changes nothing: its options set the same facts. Let at least one option set a fact of its own.",
        "storylets/beats.yaml(27,7): an option has no key \"set\". Did you mean sets? Write one of: sets, for, bars, label, needs.")]
    [InlineData("beats.yaml", "opens: [boat]", "opens: [boats]",
        "storylets/beats.yaml(9,11): warning: the promise boats is opened, but nothing pays it. Let a later storylet or an ending pay it, or delete it.",
        "storylets/ends.yaml(8,10): the promise \"boat\" is paid, but nothing opens it. Write boats.")]
    [InlineData("beats.yaml", "opens: [boat]", "opens: [boat, storm]",
        "storylets/beats.yaml(9,17): warning: the promise storm is opened, but nothing pays it. Let a later storylet or an ending pay it, or delete it.")]
    [InlineData("beats.yaml", "cast: [zhou]\n", "cast: [zhou]\n  needs: [waits]\n  bars: [waits]\n",
        "film.yaml(37,9): the act crossing can run dry: at 3 minutes it takes 1 storylet without needs and bars, and there are 0. Write 1 more, free 1 of needs and bars, or shorten the longest running time.",
        "storylets/beats.yaml(37,10): lamp needs and bars waits, so it can never be told. Delete one of the two.")]
    [InlineData("beats.yaml", "cast: [zhou]\n", "cast: [zhou]\n  bars: [waits]\n",
        "film.yaml(37,9): the act crossing can run dry: at 3 minutes it takes 1 storylet without needs and bars, and there are 0. Write 1 more, free 1 of needs and bars, or shorten the longest running time.")]
    [InlineData("beats.yaml", "Behind the glass a hand turns the sign from Closed to Open.", "Behind the glass a hand turns the sign from Closed to Open, and from Open to Closed, and from Closed to Open, and so on, and so forth, until even the rain gives up and the lamp, the glass and the hand have all had enough of each other.",
        "storylets/beats.yaml(40,7): the line has 235 characters; 220 fit. Cut 15.")]
    [InlineData("ends.yaml", "needs: [waits]\n", "needs: [waits]\n  question: {en: And?, zh: 然后？}\n",
        "storylets/ends.yaml(26,13): an ending asks nothing. Delete the question.")]
    [InlineData("ends.yaml", "needs: [waits]\n", "needs: [waits]\n  options: []\n",
        "storylets/ends.yaml(26,12): an ending has no options. Delete them, or give the storylet another function.")]
    [InlineData("ends.yaml", "cast: []\n", "cast: []\n  needs: [waits]\n",
        "film.yaml(1,1): no ending is always possible. Write one with function: resolution and acts: [crossing] that has no needs and no bars and pays only what the opening opens.")]
    [InlineData("ends.yaml", "      Nobody has ever seen it on time. The pier master writes it down.\n      He looks at what he wrote, and tears out the page.\n", "",
        "storylets/ends.yaml(11,7): the lines of morning take 5.5 s to read in en. A beat takes 15 to 120 s; write more.",
        "storylets/ends.yaml(14,7): from here on zh has lines that en has not (en has 1, zh has 3). Write the missing ones in en, or delete these.")]
    [InlineData("ends.yaml", "- id: stays\n", "- stays\n- id: stays\n",
        "storylets/ends.yaml(18,3): the storylet must have keys. Write key: value with the keys id, function, rating, opening, acts, tension, place, moment, still, cast, needs, bars, sets, opens, pays, lines, question, options.")]
    public void Is_told_where_and_how_to_mend(string file, string old, string replacement, params string[] expected) =>
        FilmReader.Read(GoodFilm.With(file, old, replacement)).Problems
            .Select(problem => problem.ToString())
            .ShouldBe(expected.Select(sentence => "Films/pier/" + sentence));
}
