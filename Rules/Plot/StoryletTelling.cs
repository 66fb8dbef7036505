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
            Writer = Writer,
            Storylet = storylet.Id,
            Function = storylet.Function,
            Act = plan.Act,
            Tension = storylet.Tension,
            Place = storylet.Place,
            Moment = storylet.Moment,
            Cast = storylet.Cast,
            Lines = [.. storylet.Lines.Select(line => new Line(line.Speaker, line.Words))],
            Question = storylet.Question,
            Options = [.. storylet.Options.Select(option => new Option(option.Label, [.. option.Sets.Order(StringComparer.Ordinal)]))],
            Sets = [.. storylet.Sets.Order(StringComparer.Ordinal)],
            Opens = [.. storylet.Opens.Order(StringComparer.Ordinal)],
            Pays = [.. storylet.Pays.Order(StringComparer.Ordinal)],
        };
    }
}
