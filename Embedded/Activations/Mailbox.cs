namespace Orleans.Story.Embedded;

/// <summary>
/// What waits and what runs in one activation, and what may start. Not thread-safe: the activation's lock guards it. Not
/// bounded, as on Orleans by default; callers bound it, and calls nobody waits for any more are dropped unstarted.
/// </summary>
internal sealed class Mailbox(bool reentrant)
{
    private readonly LinkedList<Turn> _waiting = new();
    private readonly HashSet<Turn> _running = [];
    private Turn? _blocking;
    private int _interleaving;

    public bool IsRunning => _running.Count > 0;

    public bool IsEmpty => _running.Count == 0 && _waiting.Count == 0;

    public void Add(Turn turn)
    {
        turn.Place = _waiting.AddLast(turn);
        _interleaving += CanInterleave(turn);
    }

    /// <summary>Takes a turn out that has not started; <see langword="false"/> if it has.</summary>
    public bool TryRemove(Turn turn)
    {
        if (turn.Place?.List != _waiting)
        {
            return false;
        }

        Remove(turn.Place);
        return true;
    }

    /// <summary>The first turn that may start now, which from here on runs.</summary>
    public Turn? TakeNext()
    {
        for (var place = _waiting.First; place is not null && (MayStartAny || _interleaving > 0);)
        {
            var turn = place.Value;
            var next = place.Next;
            if (turn.IsOver)
            {
                Remove(place);
            }
            else if (MayStart(turn))
            {
                Remove(place);
                _running.Add(turn);
                if (!turn.Interleaves)
                {
                    _blocking ??= turn;
                }

                return turn;
            }

            place = next;
        }

        return null;
    }

    public void Ended(Turn turn)
    {
        _running.Remove(turn);
        if (_blocking == turn)
        {
            // As on Orleans, other read-only calls that still run block nobody.
            _blocking = null;
        }
    }

    public List<Turn> TakeAll()
    {
        var all = _waiting.ToList();
        _waiting.Clear();
        _interleaving = 0;
        return all;
    }

    public override string ToString() => $"runs {(IsRunning ? string.Join(", ", _running) : "nothing")}; {_waiting.Count} waiting";

    private bool MayStartAny => reentrant || _blocking is null;

    private bool MayStart(Turn turn) => MayStartAny || turn.Interleaves || (turn.ReadOnly && _blocking!.ReadOnly);

    private static int CanInterleave(Turn turn) => turn.Interleaves || turn.ReadOnly ? 1 : 0;

    private void Remove(LinkedListNode<Turn> place)
    {
        _waiting.Remove(place);
        _interleaving -= CanInterleave(place.Value);
    }
}
