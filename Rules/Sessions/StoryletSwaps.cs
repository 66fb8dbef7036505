using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;

namespace Orleans.Story.Rules.Sessions;

/// <summary>Another storylet for a coming beat.</summary>
internal static class StoryletSwaps
{
    internal static SessionDecision Decide(SessionState state, Film film, DirectorCommand command, long nowMs)
    {
        if (state.Phase is not (SessionPhase.Lobby or SessionPhase.Playing or SessionPhase.Paused) || DirectorRules.Coming(state, command) is not { } target)
            return SessionDecision.Not(Refusals.MovedOn);
        var now = target.Beat is { } beat ? beat.Storylet : target.Plan.Storylet;
        var others = StoryletChoice.Others(SteeredFilm.Of(film, state.Steering), state.Terms!.WallLanguages, target.Plan, now);
        var wanted = command.Action == DirectorAction.Swap && command.Name is { } named
            ? others.FirstOrDefault(one => string.Equals(one.Id, named, StringComparison.Ordinal))
            : others.Count > 0 ? others[0] : null;
        if (wanted is null)
        {
            return command.Name is { } same && string.Equals(same, now, StringComparison.Ordinal)
                ? SessionDecision.Nothing
                : SessionDecision.Not(Refusals.CannotTell(
                    command.Name is null ? "Nothing else can be told here. Edit its lines instead." : $"\"{command.Name}\" cannot be told here: its conditions are not met, or it was told or refused before.",
                    command.Name is null ? "这里没有别的段落可讲。您可以直接修改台词。" : $"这里不能讲“{command.Name}”：条件不符，或已讲过、已被否决。"));
        }

        // What is said no to is on record by name; what comes instead is planned, or was named.
        return SessionDecision.Of(new DirectorActed(
            command with { Name = command.Action == DirectorAction.Swap ? wanted.Id : now }, nowMs));
    }
}
