using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Films;

/// <summary>One break a row: where, what was there, what is there now, and all that is said about it.</summary>
public sealed class BrokenFilmFileTests
{
    [Theory]
    [InlineData("film.yaml", "title: {en: The Pier, zh: 码头}", "title: {en: The Pier, zh: 码头",
        "film.yaml(4,25): the YAML cannot be read from here (a value is missing or out of place). Look here and just above for wrong indentation, a missing colon or quote, or words with a colon or # that need quotes.")]
    [InlineData("film.yaml", "schema: 1", "schema: 2",
        "film.yaml(1,9): schema must be 1. Change the number.")]
    [InlineData("film.yaml", "rating: PG\n", "",
        "film.yaml(1,1): a film lacks the key rating. Write rating: … here.")]
    [InlineData("film.yaml", "rating: PG", "rating: PG13",
        "film.yaml(6,9): there is no rating \"PG13\". Write one of: PG, 12, 15, 18, G.")]
    [InlineData("film.yaml", "rating: PG", "ratting: PG\nrating: PG",
        "film.yaml(6,1): a film has no key \"ratting\". Did you mean rating? Write one of: rating, acts, cast, facts, logline, ties, title, slug (and 6 more).")]
    [InlineData("film.yaml", "rating: PG", "rating: PG\nrating: G",
        "film.yaml(7,1): the key rating is written twice. Delete one of the two.")]
    [InlineData("film.yaml", "slug: pier", "slug: Pier",
        "film.yaml(2,7): the slug \"Pier\" is not written as an id. Use lower-case letters a-z, digits and single hyphens, at most 40.")]
    [InlineData("film.yaml", "slug: pier", "slug: quay",
        "film.yaml(2,7): the slug is quay, but the folder is pier. Give both the same name.")]
    [InlineData("film.yaml", "slug: pier", "slug: [pier]",
        "film.yaml(2,7): the slug must be words. Write a single value, not a list or keys.")]
    [InlineData("film.yaml", "logline: {en: Two people miss a boat., zh: 两个人误了一班船。}", "logline: {en: Two people miss a boat.}",
        "film.yaml(5,10): the logline lacks the key zh. Write zh: … here.")]
    [InlineData("film.yaml", "logline: {en: Two people miss a boat., zh: 两个人误了一班船。}", "logline: Two people miss a boat.",
        "film.yaml(5,10): the logline must be written in each language. Write {en: …, zh: …}.")]
    [InlineData("film.yaml", "zh: 码头}", "zh: 码头, de: Der Steg}",
        "film.yaml(4,31): the title has no key \"de\". Write one of: en, zh.")]
    [InlineData("film.yaml", "zh: 码头}", "zh: }",
        "film.yaml(4,27): the title (zh) is empty. Write it; a value with # or a colon in it needs quotes.")]
    [InlineData("film.yaml", "title: {en: The Pier,", "title: {en: The pier at which nobody who waits has ever seen a boat on time,",
        "film.yaml(4,13): the title (en) has 63 characters; 60 fit. Cut 3.")]
    [InlineData("film.yaml", "title: {en: The Pier,", "title: {en: \"The\\u202EPier\",",
        "film.yaml(4,13): there is an invisible character here (U+202E). Delete it; retype the words around it if you cannot see it.")]
    [InlineData("film.yaml", "rating: PG", "rating: PG\nties: coin",
        "film.yaml(7,7): there is no tie rule \"coin\". Write one of: draw, last, first.")]
    [InlineData("film.yaml", "minutes: {shortest: 2, longest: 3}", "minutes: {shortest: 3, longest: 2}",
        "film.yaml(7,10): the shortest running time (3) is longer than the longest (2). Swap them.")]
    [InlineData("film.yaml", "minutes: {shortest: 2, longest: 3}", "minutes: {shortest: 1, longest: 3}",
        "film.yaml(7,21): shortest (minutes) must be a whole number from 2 to 180. Change the number.")]
    [InlineData("film.yaml", "minutes: {shortest: 2, longest: 3}", "minutes: {shortest: 2, longest: 6}",
        "film.yaml(33,9): the act departure can run dry: at 6 minutes it takes 2 storylets without needs and bars, and there is 1. Write 1 more, free 1 of needs and bars, or shorten the longest running time.",
        "film.yaml(37,9): the act crossing can run dry: at 6 minutes it takes 2 storylets without needs and bars, and there is 1. Write 1 more, free 1 of needs and bars, or shorten the longest running time.")]
    [InlineData("film.yaml", "- id: zhou", "- id: mei",
        "film.yaml(15,9): the character mei is declared twice. Rename or delete one of the two.")]
    [InlineData("film.yaml", "    fear: {en: Silence., zh: 冷清。}\n", "",
        "film.yaml(15,5): the character zhou lacks the key fear. Write fear: … here.")]
    [InlineData("film.yaml", "text: \"#f4f1e8\"", "text: #f4f1e8",
        "film.yaml(26,12): text must be a colour. Write it in quotes with six digits, like \"#0b1a2e\".")]
    [InlineData("film.yaml", "text: \"#f4f1e8\"", "text: white",
        "film.yaml(26,13): text must be a colour. Write it in quotes with six digits, like \"#0b1a2e\".")]
    [InlineData("film.yaml", "text: \"#f4f1e8\"", "text: \"#506070\"",
        "film.yaml(25,7): warning: the text of the place pier has a contrast of 2.7 to the background; the last row needs 7. Make the background darker or the other colour lighter.")]
    [InlineData("film.yaml", "share: 0.5", "share: 0.4",
        "film.yaml(37,9): the shares of the acts sum to 0.9, not to 1. Add 0.1.")]
    [InlineData("film.yaml", "share: 0.5", "share: half",
        "film.yaml(35,12): the share must be a number from 0.01 to 1. Write it with a decimal point, like 0.4.")]
    [InlineData("film.yaml", "tension: {from: 0.1, to: 0.4}", "tension: {from: 0.1, to: 1.4}",
        "film.yaml(36,30): tension must be a number from 0 to 1. Write it with a decimal point, like 0.4.")]
    [InlineData("film.yaml", "  - id: waits", "  - &w\n    id: waits",
        "film.yaml(30,5): anchors, aliases and tags (&, *, !) are not part of the format. Write the value out.")]
    [InlineData("film.yaml", "rating: PG", "rating: P\u200BG",
        "film.yaml(6,9): there is no rating \"P\u200BG\". Did you mean PG? Write one of: PG, G, 12, 15, 18.",
        "film.yaml(6,10): there is an invisible character here (U+200B). Delete it; retype the words around it if you cannot see it.")]
    [InlineData("film.yaml", "  - id: crossing", "\t- id: crossing",
        "film.yaml(37,1): there is a tab here. Write spaces instead; YAML knows no tabs.")]
    [InlineData("film.yaml", "facts:\n", "facts:\n  - id: sings\n    statement: {en: Zhou sings., zh: 老周唱歌。}\n",
        "film.yaml(30,9): warning: nothing sets the fact sings. Let a storylet or an option set it, or delete it.")]
    [InlineData("film.yaml", "languages: [en, zh]", "languages: [en, zh, English]",
        "film.yaml(3,21): \"English\" is not a language tag. Write a BCP 47 tag: en, zh, pt-BR, zh-Hant.")]
    public void Is_told_where_and_how_to_mend(string file, string old, string replacement, params string[] expected) =>
        FilmReader.Read(GoodFilm.With(file, old, replacement)).Problems
            .Select(problem => problem.ToString())
            .ShouldBe(expected.Select(sentence => "Films/pier/" + sentence));
}
