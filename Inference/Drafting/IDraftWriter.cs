using Orleans.Story.Rules.Drafting;

namespace Orleans.Story.Inference.Drafting;

/// <summary>Proposes wordings for the parts of a draft. It decides nothing: a person accepts, and the film's reader has the last word.</summary>
public interface IDraftWriter
{
    /// <summary>What its proposals are signed with.</summary>
    string Name { get; }

    /// <summary>A wording for a part; another one each time it is asked, as far as it has more. It never fails: at worst it is the scaffold's.</summary>
    /// <param name="draft">The draft; the parts before this one have a wording.</param>
    /// <param name="id">The part.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<Proposal> ProposeAsync(Draft draft, string id, CancellationToken cancellationToken = default);
}

/// <summary>The grammar: always there, at once, and the same every time.</summary>
public sealed class ScaffoldWriter : IDraftWriter
{
    /// <inheritdoc/>
    public string Name => Proposal.Scaffold;

    /// <inheritdoc/>
    public Task<Proposal> ProposeAsync(Draft draft, string id, CancellationToken cancellationToken = default) =>
        Task.FromResult(Scaffolding.Propose(draft, id));
}
