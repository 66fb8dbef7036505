using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Exports;

/// <summary>
/// What was written for a show and when, by the order of its journal: a beat is ready when its <see cref="BeatPrepared"/>
/// stands before the <see cref="RoundDecided"/> that leads to it. No clock is asked, so an old show gives the same numbers.
/// </summary>
internal sealed class WrittenAhead
{
    private readonly List<Prepared> written = [];
    private int decidedAfter;

    /// <summary>After an event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="after">The session after it.</param>
    public void Take(SessionEvent happened, SessionState after)
    {
        switch (happened)
        {
            case BeatPrepared prepared:
                written.Add(new Prepared(prepared.Beat));
                break;
            case RoundDecided { Round: not WarmUpRound.Number }:
                decidedAfter = written.Count;
                break;
            case LineAired { N: 0 }:
                Told(after.Current!);
                break;
            default:
                break;
        }
    }

    /// <summary>Whether a beat that was told was ready; <see langword="null"/> for the opening.</summary>
    public bool? Ready(int ordinal) => ordinal == 0 ? null : written.Find(one => one.Told && one.Beat.Ordinal == ordinal)?.Ready;

    /// <summary>Every beat of a model that was never told, by its writer.</summary>
    public IEnumerable<Beat> Untold => written.Where(one => !one.Told && one.Beat.Writing is not null).Select(one => one.Beat);

    /// <summary>The sum, or <see langword="null"/> where no model was asked.</summary>
    /// <param name="budget">Most tokens that models might spend, 0 for no limit.</param>
    public Speculation? Sum(long budget)
    {
        if (budget == 0 && !written.Exists(one => OfModel(one.Beat))) return null;
        var followed = written.FindAll(one => one.Told && one.Beat.Ordinal > 0);
        var models = written.FindAll(one => one.Beat.Writing is not null);
        var untold = models.FindAll(one => !one.Told);
        var lost = written.Sum(one => (long)one.Beat.Lost);
        return new Speculation(
            followed.Count, followed.Count(one => one.Ready), followed.Count(one => one.Ready && one.Beat.Writing is not null),
            models.Count, untold.Count, written.Sum(one => one.Beat.Tokens), untold.Sum(one => one.Beat.Tokens), lost, budget);
    }

    /// <summary>A storylet writer neither fails nor is refused, and spends nothing; anybody may be late or without room.</summary>
    private static bool OfModel(Beat beat) =>
        beat.Writing is not null || beat.Lost > 0 || beat.Fallback is Fallback.Failed or Fallback.Refused or Fallback.Spent;

    /// <summary>Words may have been changed since and the plan made again: the last one written for this plan is the one on the wall.</summary>
    private void Told(Beat current)
    {
        var at = written.FindLastIndex(one => one.Beat.Ordinal == current.Ordinal && one.Beat.Option == current.Option && one.Beat.Made == current.Made);
        if (at < 0) return;
        (written[at].Told, written[at].Ready) = (true, at < decidedAfter);
    }

    private sealed class Prepared(Beat beat)
    {
        public Beat Beat => beat;

        public bool Told { get; set; }

        public bool Ready { get; set; }
    }
}
