using System.Globalization;
using System.Text;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Rules.Plot;

/// <summary>
/// Films drawn from a seed, as wild as the format allows: beats short and long, hinge lines, promises opened and paid in any
/// order, options that need facts, threads that shut each other, endings that need choices. Read by the product's reader.
/// </summary>
internal static class PaperFilms
{
    private static readonly string[] Functions = ["setup", "complication", "reversal", "reveal", "crisis", "climax"];
    private static readonly string[] Cast = ["ann", "bo", "cy", "di", "ed"];
    private static readonly string[] Places = ["room", "roof", "road"];

    private static readonly Dictionary<int, Film> Read = [];

    /// <summary>One of <see cref="Count"/> films.</summary>
    internal static Film Of(long seed)
    {
        var number = Seeds.Below(seed, Count);
        lock (Read) return Read.TryGetValue(number, out var film) ? film : Read[number] = Make(number);
    }

    internal const int Count = 24;

    private static Film Make(int number)
    {
        var reading = FilmReader.Read([new("Films/wild/film.yaml", Head()), new("Films/wild/storylets/all.yaml", new Drawing(number).Storylets())]);
        return reading.Film ?? throw new InvalidOperationException(string.Join('\n', reading.Problems));
    }

    private static string Head()
    {
        var text = new StringBuilder("""
            schema: 1
            slug: wild
            languages: [en, zh]
            title: {en: Wild, zh: 野}
            logline: {en: Drawn from a seed., zh: 由种子而生。}
            rating: G
            minutes: {shortest: 6, longest: 16}
            cast:

            """.ReplaceLineEndings("\n"));
        foreach (var id in Cast) text.Append(CultureInfo.InvariantCulture, $"  - {{id: {id}, name: {{en: {id}, zh: 人{id}}}, want: {{en: w, zh: 想}}, fear: {{en: f, zh: 怕}}, voice: {{en: v, zh: 声}}, secret: {{en: s, zh: 密}}}}\n");
        text.Append("places:\n");
        foreach (var id in Places) text.Append(CultureInfo.InvariantCulture, $"  - {{id: {id}, name: {{en: The {id}, zh: 地{id}}}, palette: {{background: \"#000000\", text: \"#ffffff\", accent: \"#ffcc00\"}}, sound: {{en: Still., zh: 寂静。}}}}\n");
        text.Append("promises:\n");
        for (var i = 0; i < Promises; i++) text.Append(CultureInfo.InvariantCulture, $"  - {{id: promise-{i}, statement: {{en: Who has key {i}?, zh: 钥匙{i}在谁手里？}}}}\n");
        text.Append("facts:\n");
        for (var i = 0; i < Facts; i++) text.Append(CultureInfo.InvariantCulture, $"  - {{id: fact-{i}, statement: {{en: It is so., zh: 是这样。}}}}\n");
        text.Append("acts:\n");
        for (var i = 0; i < 4; i++) text.Append(CultureInfo.InvariantCulture, $"  - {{id: act-{i}, name: {{en: Act {i}, zh: 第{i}幕}}, share: 0.25, tension: {{from: {0.2 * i:0.00}, to: {0.2 + (0.22 * i):0.00}}}}}\n");
        return text.ToString();
    }

    private const int Facts = 12;
    private const int Promises = 4;

    private sealed class Drawing(int number)
    {
        private readonly StringBuilder text = new();
        private long draws;

        internal string Storylets()
        {
            Storylet("opening", 0, "setup", opening: true);
            for (var act = 0; act < 4; act++)
            {
                // Free ones first: however the hall votes there is something to tell.
                for (var i = 0; i < 5; i++) Storylet($"free-{act}-{i}", act, Functions[Math.Min(4, act + Below(2))], free: true);
                for (var i = 0; i < 7; i++) Storylet($"bound-{act}-{i}", act, Functions[Below(5)]);
            }

            for (var i = 0; i < 4; i++) Storylet($"climax-{i}", 3, "climax", free: i == 0);
            for (var i = 0; i < 5; i++) Storylet($"ending-{i}", 3, "resolution", free: i == 0);
            return text.ToString();
        }

        private int Below(int below) => Seeds.Below(Seeds.For(1_000 + number, ++draws), below);

        private bool Chance(double chance) => Seeds.Fraction(Seeds.For(1_000 + number, ++draws)) < chance;

        private string Fact() => $"fact-{Below(Facts)}";

        private void Storylet(string id, int act, string function, bool opening = false, bool free = false)
        {
            var ending = function == "resolution";
            var cast = Cast.Where(_ => Chance(0.5)).DefaultIfEmpty("ann").ToArray();
            Line($"- id: {id}");
            Line($"  function: {function}");
            if (opening) Line("  opening: true");
            Line($"  acts: [act-{act}]");
            Line(string.Create(CultureInfo.InvariantCulture, $"  tension: {Math.Clamp((act * 0.22) + (Below(30) / 100.0), 0, 1):0.00}"));
            Line($"  place: {Places[Below(3)]}");
            Line("  moment: {en: Day, zh: 白天}");
            Line($"  cast: [{string.Join(", ", cast)}]");
            var (needs, bar) = (Fact(), Fact());
            if (!free && !opening)
            {
                if (Chance(0.7)) Line($"  needs: [{needs}]");
                if (bar != needs && Chance(0.4)) Line($"  bars: [{bar}]");
                if (Chance(0.4)) Line($"  pays: [promise-{Below(Promises)}]");
            }

            // Every promise is opened somewhere.
            if (opening) Line("  opens: [promise-3]");
            else if (free && act < 3 && id.EndsWith("-0", StringComparison.Ordinal)) Line($"  opens: [promise-{act}]");
            else if (!ending && Chance(0.25) && act < 3) Line($"  opens: [promise-{Below(Promises)}]");
            Lines(cast, 4 + Below(6), needs, bar);
            if (!ending) Options();
        }

        private void Lines(string[] cast, int count, string needs, string bar)
        {
            var hinges = Enumerable.Range(0, count).Select(n => n > 0 && Chance(0.2) ? Hinge(needs, bar) : "").ToArray();
            for (int n = 0, left = count / 3; n < count; n++)
            {
                if (hinges[n].Length > 0 && --left < 0) hinges[n] = "";
            }

            Line("  lines:");
            Line("    en: |");
            for (var n = 0; n < count; n++) Line($"      {hinges[n]}{(n % 2 == 1 ? cast[n % cast.Length] + "｜" : "")}This is line {n} of a beat, and it is as long as lines are on an evening.");
            Line("    zh: |");
            for (var n = 0; n < count; n++) Line($"      {hinges[n]}{(n % 2 == 1 ? cast[n % cast.Length] + "｜" : "")}这是第 {n} 句台词，和平常晚上的句子一样长。");
        }

        /// <summary>What needs and bars settle is no condition.</summary>
        private string Hinge(string needs, string bar) =>
            Fact() is var fact && fact != needs && fact != bar ? $"[if {(Chance(0.5) ? "not " : "")}{fact}] " : "";

        private void Options()
        {
            Line("  question: {en: Which way?, zh: 走哪边？}");
            Line("  options:");
            var count = 2 + Below(2);
            for (var i = 0; i < count; i++)
                Line($"    - {{label: {{en: Way {i}, zh: 路{i}}}, sets: [{Fact()}], for: [{Cast[Below(5)]}]}}");
            if (Chance(0.3)) Line($"    - {{label: {{en: The hidden way, zh: 暗路}}, needs: [{Fact()}], sets: [{Fact()}]}}");
        }

        private void Line(string line) => text.Append(line).Append('\n');
    }
}
