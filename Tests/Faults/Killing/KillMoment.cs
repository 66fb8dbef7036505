namespace Orleans.Story.Tests.Faults.Killing;

/// <summary>What a kill aims at. Where it lands, the journal says afterwards.</summary>
internal enum KillAim
{
    /// <summary>Anywhere in the start-up of the program, the recovery of the file included.</summary>
    Starting,

    /// <summary>While sessions wake up and phones come back: often the second kill in a row.</summary>
    Recovering,

    /// <summary>Under load, a moment after everyone is back.</summary>
    Voting,

    /// <summary>Around the opening of a round.</summary>
    Opening,

    /// <summary>Within milliseconds of a seal.</summary>
    Sealing,

    /// <summary>While a decision card shows.</summary>
    Card,

    /// <summary>Whenever.</summary>
    Any,
}

/// <summary>Where a kill landed: of what its sessions were doing, the rarest.</summary>
internal enum KillPhase
{
    /// <summary>The program had not answered yet.</summary>
    Starting,

    /// <summary>It had, and not every seat was back.</summary>
    Recovering,

    /// <summary>A session was between the deadline's end and its verdict.</summary>
    Sealing,

    /// <summary>A round was open and no ballot of it on disk.</summary>
    BeforeTheFirstBallot,

    /// <summary>A decision card showed.</summary>
    OnTheCard,

    /// <summary>Ballots were on disk whose receipts never came.</summary>
    BetweenCommitAndReceipt,

    /// <summary>Ballots had been sent that never got to the disk.</summary>
    BetweenPhoneAndCommit,

    /// <summary>A round was open, and no ballot on its way.</summary>
    Voting,

    /// <summary>Lines were told, or doors open.</summary>
    Telling,
}

/// <summary>Draws aims so that every phase gets its share.</summary>
internal static class KillAims
{
    private static readonly (KillAim Aim, int Weight)[] Weights =
    [
        (KillAim.Starting, 15), (KillAim.Recovering, 15), (KillAim.Voting, 32), (KillAim.Opening, 8), (KillAim.Sealing, 17), (KillAim.Card, 5), (KillAim.Any, 8),
    ];

    /// <summary>The next aim.</summary>
    public static KillAim Draw(Dice dice)
    {
        var at = dice.Below(Weights.Sum(one => one.Weight));
        foreach (var (aim, weight) in Weights)
        {
            if ((at -= weight) < 0) return aim;
        }

        throw new InvalidOperationException("The weights do not add up.");
    }
}
