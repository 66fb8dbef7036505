using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>A suggestion that got a yes.</summary>
/// <param name="Id">The suggestion.</param>
/// <param name="Words">The director's wording, or <see langword="null"/> for the viewer's, which is in a table and never here.</param>
public sealed record ApprovedTurn(Guid Id, string? Words);

/// <summary>The suggestion that becomes an option when the vote opens.</summary>
/// <param name="Id">The suggestion.</param>
/// <param name="Storylet">The scene that it leads to, or <see langword="null"/> when only a model can tell it.</param>
public sealed record NextTurn(Guid Id, string? Storylet);

/// <summary>The suggestion that is an option.</summary>
/// <param name="Id">The suggestion.</param>
/// <param name="Turn">Which option, and who asked for it.</param>
public sealed record OfferedTurn(Guid Id, StageTurn Turn);

/// <summary>A suggestion's words at the moment they are wanted.</summary>
/// <param name="Label">The option's label.</param>
/// <param name="Seats">How many seats ask for it.</param>
/// <param name="ByDirector">Whether the director worded it.</param>
public sealed record TurnWords(Text Label, int Seats, bool ByDirector);

/// <summary>What the audience may suggest, and what was decided about it for the beat on the wall. Viewers' words are not in it.</summary>
public sealed record Turns
{
    /// <summary>How every show begins: nobody's words become part of the story before somebody asked for that.</summary>
    public static Turns AtFirst { get; } = new();

    /// <summary>Whether viewers may suggest turns.</summary>
    public bool On { get; init; }

    /// <summary>Whether what enough seats ask for alike needs no person's yes.</summary>
    public bool Auto { get; init; }

    /// <summary>Those that got a yes, in the order they got it.</summary>
    public ImmutableArray<ApprovedTurn> Approved { get; init; } = [];

    /// <summary>Those that got a no.</summary>
    public ImmutableArray<Guid> Rejected { get; init; } = [];

    /// <summary>The one that becomes an option, if the vote opened now.</summary>
    public NextTurn? Next { get; init; }

    /// <summary>The one that is an option of the present beat.</summary>
    public OfferedTurn? Offered { get; init; }

    /// <summary>Every suggestion that somebody decided about: first the approved, then the others.</summary>
    public ImmutableArray<Guid> Decided => [.. Approved.Select(one => one.Id), .. Rejected];

    /// <summary>The yes to a suggestion, if it got one.</summary>
    public ApprovedTurn? Yes(Guid id) => Approved.FirstOrDefault(one => one.Id == id);

    /// <summary>The next beat has suggestions of its own.</summary>
    internal Turns AtNextBeat => new() { On = On, Auto = Auto };

    internal Turns After(OperatorAction action) => action switch
    {
        OperatorAction.TurnsOn => this with { On = true, Auto = false },
        OperatorAction.TurnsAuto => this with { On = true, Auto = true },
        // A yes was a yes to the moment, as with remarks.
        _ => this with { On = false, Auto = false, Approved = [] },
    };

    internal Turns After(SessionEvent happened) => happened switch
    {
        SuggestionApproved yes => this with
        {
            Approved = [.. Approved.Where(one => one.Id != yes.Id), new ApprovedTurn(yes.Id, yes.Words)],
            Rejected = Rejected.Remove(yes.Id),
        },
        SuggestionRejected no => this with { Approved = [.. Approved.Where(one => one.Id != no.Id)], Rejected = [.. Rejected.Remove(no.Id), no.Id] },
        SuggestionWithdrawn back => this with { Approved = [.. Approved.Where(one => one.Id != back.Id)], Rejected = Rejected.Remove(back.Id) },
        _ => this,
    };
}
