using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Plot;

/// <summary>Tells a plan with an authored storylet.</summary>
public static class StoryletTelling
{
    /// <summary>What <see cref="Beat.Writer"/> says of beats told this way.</summary>
    public const string Writer = "storylet";

    /// <summary>The beat; its option's facts, places and words are the film's own.</summary>
    public static Beat Tell(Film film, Plan plan)
    {
        var storylet = StoryletChoice.Choose(film, plan);
        return new Beat
        {
            Ordinal = plan.Beat,
            Option = plan.Option,
            Made = plan.Made,
            Writer = Writer,
            Storylet = storylet.Id,
            Function = storylet.Function,
            Act = plan.Act,
            Tension = storylet.Tension,
            Place = storylet.Place,
            Moment = storylet.Moment,
            Cast = storylet.Cast,
            Still = storylet.Still,
            Lines = [.. storylet.Lines.Where(line => line.When is not { } when || plan.Facts.Contains(when.Fact) == when.Holds).Select(line => new Line(line.Speaker, line.Words))],
            Question = storylet.Question,
            Options = [.. storylet.Options.Where(option => Offered(option, plan)).Select(OptionOf)],
            Sets = [.. storylet.Sets.Order(StringComparer.Ordinal)],
            Opens = [.. storylet.Opens.Order(StringComparer.Ordinal)],
            Pays = [.. storylet.Pays.Order(StringComparer.Ordinal)],
        };
    }

    private static bool Offered(StoryletOption option, Plan plan) =>
        option.Needs.All(plan.Facts.Contains) && !option.Bars.Any(plan.Facts.Contains);

    private static Option OptionOf(StoryletOption option) => new(
        option.Label, [.. option.Sets.Order(StringComparer.Ordinal)], option.For.IsEmpty ? null : [.. option.For.Order(StringComparer.Ordinal)]);
}
