using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Plot;

/// <summary>What a writer is told of the beats before: all in a sentence, the newest word for word.</summary>
public static class Recall
{
    /// <summary>So many of the newest beats keep their lines: enough for a voice to go on in, and a small part of 8k tokens.</summary>
    public const int WithLines = 2;

    /// <summary>The story before the beat that an option leads to.</summary>
    /// <param name="state">The session.</param>
    /// <param name="option">The option of the beat on the wall, or <see cref="BeatKey.Opening"/>.</param>
    /// <param name="acts">Acts that were summed up.</param>
    /// <param name="turn">The option that the audience's suggestion is about to be, after all others, or <see langword="null"/>.</param>
    public static StorySoFar Of(SessionState state, int option, ImmutableArray<ActSummary>? acts = null, Option? turn = null)
    {
        var told = state.Current is { } current && option != BeatKey.Opening ? state.Told.Add(current) : state.Told;
        return Of(told, option, acts, turn);
    }

    /// <summary>What has aired, to the word: of the beat on the wall the lines so far, and not what it is about to say.</summary>
    public static StorySoFar Aired(SessionState state, ImmutableArray<ActSummary>? acts = null)
    {
        if (state.Current is not { } current || state.Aired.IsEmpty) return Of(state.Told, state.Via, acts);
        var soFar = state.IsTold ? current : current with { Lines = [.. current.Lines.Take(state.Aired.Length)], Gist = null };
        return Of(state.Told.Add(soFar), BeatKey.Opening, acts);
    }

    private static StorySoFar Of(ImmutableArray<Beat> told, int option, ImmutableArray<ActSummary>? acts, Option? turn = null)
    {
        var beats = ImmutableArray.CreateBuilder<PastBeat>(told.Length);
        for (var i = 0; i < told.Length; i++)
        {
            var beat = told[i];
            var next = i + 1 < told.Length ? told[i + 1].Option : option;
            var chosen = next >= 0 && next < beat.Options.Length ? beat.Options[next] : next == beat.Options.Length && i == told.Length - 1 ? turn : null;
            beats.Add(new PastBeat(
                beat.Ordinal, beat.Act, beat.Place, beat.Cast, Gists.Of(beat), i < told.Length - WithLines ? [] : beat.Lines, chosen?.Label, chosen?.ByAudience ?? false));
        }

        return new StorySoFar(beats.MoveToImmutable(), acts);
    }
}
