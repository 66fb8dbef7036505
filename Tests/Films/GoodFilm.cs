using System.Collections.Immutable;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Films;

/// <summary>The smallest film that is right in everything, and ways to break it in one place.</summary>
internal static class GoodFilm
{
    public const string FilmYaml = """
        schema: 1
        slug: pier
        languages: [en, zh]
        title: {en: The Pier, zh: 码头}
        logline: {en: Two people miss a boat., zh: 两个人误了一班船。}
        rating: PG
        minutes: {shortest: 2, longest: 3}
        cast:
          - id: mei
            name: {en: Mei, zh: 小梅}
            want: {en: To leave., zh: 想走。}
            fear: {en: To be asked why., zh: 怕人问为什么。}
            voice: {en: Short., zh: 话短。}
            secret: {en: She has no ticket., zh: 她没有票。}
          - id: zhou
            name: {en: Zhou, zh: 老周}
            want: {en: Company., zh: 有人作伴。}
            fear: {en: Silence., zh: 冷清。}
            voice: {en: Asks., zh: 爱问。}
            secret: {en: He sold the boat., zh: 船是他卖的。}
        places:
          - id: pier
            name: {en: Pier, zh: 码头}
            palette:
              background: "#0b1a2e"
              text: "#f4f1e8"
              accent: "#E0A030"
            sound: {en: Rain on planks., zh: 雨打木板。}
        facts:
          - id: waits
            statement: {en: Mei waits for the next boat., zh: 小梅等下一班船。}
        acts:
          - id: departure
            name: {en: Departure, zh: 离岸}
            share: 0.5
            tension: {from: 0.1, to: 0.4}
          - id: crossing
            name: {en: Crossing, zh: 渡海}
            share: 0.5
            tension: {from: 0.4, to: 0.9}

        """;

    public const string BeatsYaml = """
        - id: horn
          function: setup
          opening: true
          acts: [departure]
          tension: 0.2
          place: pier
          moment: {en: "Night, rain", zh: 夜，雨}
          cast: [mei, zhou]
          opens: [boat]
          lines:
            en: |
              The horn sounds twice. Nobody on the pier moves.
              mei｜You said you would never come back to this place.
              zhou|I said I would never leave it. You heard what you wanted.

              The lamp over the ticket window goes out by itself.
              mei｜Then who is selling tickets tonight?
            zh: |
              汽笛响了两声。码头上没有人动。
              mei｜你说过，你再也不会回到这个地方。
              zhou｜我说的是再也不离开。你只听你想听的。
              售票窗上的灯自己灭了。
              mei｜那今晚是谁在卖票？
          question: {en: Does she wait?, zh: 她等不等？}
          options:
            - label: {en: Wait, zh: 等}
              sets: [waits]
            - label: {en: Go, zh: 走}
        - id: lamp
          function: complication
          acts: [crossing]
          tension: 0.6
          place: pier
          moment: {en: Later, zh: 后来}
          cast: [zhou]
          lines:
            en: |
              The lamp is back on, and it burns brighter than it ever did before.
              zhou｜I did not touch it. I have not touched it in nine years.
              Behind the glass a hand turns the sign from Closed to Open.
            zh: |
              灯又亮了，比刚才还亮，照得雨丝根根分明。
              zhou｜我没碰它。这盏灯我九年没碰过了，灯绳都烂了。
              玻璃后面，一只手把“停止售票”的牌子慢慢翻了过来。
          question: {en: Who goes in?, zh: 谁进去？}
          options:
            - label: {en: Zhou, zh: 老周去}
            - label: {en: Nobody, zh: 谁也不去}
              sets: [waits]

        """;

    public const string EndsYaml = """
        - id: morning
          function: resolution
          acts: [crossing]
          tension: 0.3
          place: pier
          moment: {en: Morning, zh: 早晨}
          cast: []
          pays: [boat]
          lines:
            en: |
              The boat comes in with the light. It is empty, and it is on time.
              Nobody has ever seen it on time. The pier master writes it down.
              He looks at what he wrote, and tears out the page.
            zh: |
              船随天光一起进港。船上没有人，而且准点。
              谁也没见它准点过。码头管理员把这件事记了下来。
              他看了看自己写的字，又把那一页撕掉了。
        - id: stays
          function: resolution
          acts: [crossing]
          tension: 0.4
          place: pier
          moment: {en: Morning, zh: 早晨}
          cast: [mei]
          needs: [waits]
          lines:
            en: |
              Mei is still on the bench when the boat comes in with the light.
              mei｜You are late. I had time to change my mind nine times.
              She gets up, counts the planks to the boat, and stops at nine.
            zh: |
              船随天光进港的时候，小梅一个人还坐在长椅上。
              mei｜你来晚了。这一夜够我改九回主意的。
              她站起来，数着木板朝船走过去，数到第九块又停住了。

        """;

    /// <summary>The three files as they would come from disk.</summary>
    public static ImmutableArray<FilmSource> Sources { get; } =
    [
        new("Films/pier/film.yaml", FilmYaml),
        new("Films/pier/storylets/beats.yaml", BeatsYaml),
        new("Films/pier/storylets/ends.yaml", EndsYaml),
    ];

    /// <summary>The film with the first <paramref name="old"/> in <paramref name="file"/> replaced.</summary>
    public static ImmutableArray<FilmSource> With(string file, string old, string replacement)
    {
        var source = Sources.Single(source => source.Path.EndsWith(file, StringComparison.Ordinal));
        var at = source.Content.IndexOf(old, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"\"{old}\" is not in {file}");
        var broken = source.Content[..at] + replacement + source.Content[(at + old.Length)..];
        return Sources.Replace(source, source with { Content = broken });
    }
}
