using System.Collections.Immutable;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Support;

/// <summary>
/// A film made of cardboard: four acts, an opening, five storylets an act, three endings, two languages. Written out and
/// read back by the product's own reader.
/// </summary>
public static class PaperFilm
{
    private static readonly string[] Acts = ["one", "two", "three", "four"];
    private static readonly string[] Functions = ["setup", "complication", "reveal", "crisis"];

    public static ImmutableArray<FilmSource> Sources { get; } =
    [
        new("Films/paper/film.yaml", Head()),
        new("Films/paper/storylets/all.yaml", string.Concat(Storylets())),
    ];

    public static Film Film { get; } = Read(Sources);

    /// <summary>The same with a warm-up for the lobby and words for whoever took Ann's side.</summary>
    public static ImmutableArray<FilmSource> WarmSources { get; } =
    [
        Sources[0] with
        {
            Content = Sources[0].Content.Replace("secret: {en: s, zh: 密}}\n  - {id: bo", "secret: {en: s, zh: 密}, epilogue: {en: You heard Ann., zh: 你听见了安。}}\n  - {id: bo", StringComparison.Ordinal)
                + "\nwarmup: {question: {en: Aisle or middle?, zh: 靠边还是居中？}, options: [{en: Aisle, zh: 靠边}, {en: Middle, zh: 居中}]}\n",
        },
        Sources[1],
    ];

    public static Film Warm { get; } = Read(WarmSources);

    /// <summary>
    /// The same, rated from PG to 15: four of the five storylets of the third act and an ending are for fifteen and above, so
    /// that a milder show runs six minutes at most.
    /// </summary>
    public static ImmutableArray<FilmSource> RatedSources { get; } =
    [
        Sources[0] with { Content = Sources[0].Content.Replace("rating: G", "rating: {from: PG, to: 15}", StringComparison.Ordinal) },
        Sources[1] with
        {
            Content = new[] { "three-1", "three-2", "three-3", "three-4", "ending-left" }.Aggregate(
                Sources[1].Content, (all, id) => all.Replace($"- id: {id}\n", $"- id: {id}\n  rating: 15\n", StringComparison.Ordinal)),
        },
    ];

    /// <inheritdoc cref="RatedSources"/>
    public static Film Rated { get; } = Read(RatedSources);

    private static Film Read(ImmutableArray<FilmSource> sources) => FilmReader.Read(sources) is { Film: { } film }
        ? film
        : throw new InvalidOperationException(string.Join('\n', FilmReader.Read(sources).Problems));

    private static string Head() =>
        $$$"""
        schema: 1
        slug: paper
        languages: [en, zh]
        title: {en: Paper, zh: 纸}
        logline: {en: A film made of cardboard., zh: 一部纸板做的电影。}
        rating: G
        minutes: {shortest: 2, longest: 9}
        cast:
          - {id: ann, name: {en: Ann, zh: 安}, want: {en: w, zh: 想}, fear: {en: f, zh: 怕}, voice: {en: v, zh: 声}, secret: {en: s, zh: 密}}
          - {id: bo, name: {en: Bo, zh: 博}, want: {en: w, zh: 想}, fear: {en: f, zh: 怕}, voice: {en: v, zh: 声}, secret: {en: s, zh: 密}}
        places:
          - id: room
            name: {en: Room, zh: 房间}
            palette: {background: "#000000", text: "#ffffff", accent: "#ffcc00"}
            sound: {en: Still., zh: 寂静。}
        facts:
          - {id: chose-0, statement: {en: Ann spoke., zh: 安开了口。}}
          - {id: chose-1, statement: {en: Bo spoke., zh: 博开了口。}}
        acts:
        {{{string.Concat(Acts.Select(Act))}}}
        """;

    private static string Act(string id, int i) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""
          - id: {{id}}
            name: {en: Act {{i + 1}}, zh: 第{{i + 1}}幕}
            share: 0.25
            tension: {from: {{i * 0.25:0.00}}, to: {{(i + 1) * 0.25:0.00}}}

        """);

    private static IEnumerable<string> Storylets()
    {
        yield return Told("opening", "setup", "one", 0.2, "  opening: true\n");
        for (var act = 0; act < Acts.Length; act++)
        {
            for (var i = 0; i < 5; i++) yield return Told($"{Acts[act]}-{i}", Functions[act], Acts[act], (act / 4.0) + (i / 20.0), "");
        }

        yield return Ending("ending-plain", "");
        yield return Ending("ending-left", "  needs: [chose-0]\n");
        yield return Ending("ending-right", "  needs: [chose-1]\n");
    }

    private static string Told(string id, string function, string act, double tension, string more) =>
        Beat(id, function, act, tension, more) + """
              question: {en: Who speaks first?, zh: 谁先开口？}
              options:
                - {label: {en: Ann speaks, zh: 安开口}, sets: [chose-0]}
                - {label: {en: Bo speaks, zh: 博开口}, sets: [chose-1]}
                - {label: {en: Nobody does, zh: 都不说话}}

            """.ReplaceLineEndings("\n");

    private static string Ending(string id, string more) => Beat(id, "resolution", "four", 0.4, more);

    private static string Beat(string id, string function, string act, double tension, string more) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""
            - id: {{id}}
              function: {{function}}
            {{more}}  acts: [{{act}}]
              tension: {{tension:0.00}}
              place: room
              moment: {en: Day, zh: 白天}
              cast: [ann, bo]
              lines:
                en: |
                  The room, {{id}}. Rain on the one window it has.
                  ann｜You came back for the letter, not for me.
                  bo｜I came back because the door was open.
                  Neither of them closes it, and the rain comes in.
                zh: |
                  房间，{{id}}。唯一的窗上有雨。
                  ann｜你是为那封信回来的，不是为我。
                  bo｜我回来，是因为看见门还开着。
                  谁也没去关门，雨就这么飘了进来。

            """);
}
