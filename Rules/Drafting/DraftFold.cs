using System.Collections.Immutable;
using Orleans.Story.Contracts;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>A draft after what was asked, or why it stayed as it was.</summary>
/// <param name="Draft">The draft.</param>
/// <param name="Refusal">A sentence a person can act on, or <see langword="null"/>.</param>
public readonly record struct DraftStep(Draft Draft, Refusal? Refusal);

/// <summary>What may happen to a part. Each function answers the next draft; a refused step leaves the draft as it is.</summary>
public static class DraftFold
{
    /// <summary>Wordings kept of a part: more would not be read. The oldest that is not in force is forgotten first.</summary>
    public const int MostAlternatives = 8;

    /// <summary>A writer proposes a wording. A part that was accepted keeps its wording; the new one is only another alternative.</summary>
    public static DraftStep Propose(Draft draft, string id, Proposal proposal)
    {
        if (draft.Find(id) is not { } part) return Unknown(draft, id);
        if (Refuse(proposal) is { } refusal) return new(draft, refusal);
        if (part.Alternatives.Any(other => other.Content == proposal.Content))
            return new(draft, new Refusal("no-other", Both("There is no other wording for this part. Write your own, or ask a model.", "这一部分没有别的写法了。请自己改写，或请模型来写。")));
        var keeps = part.State == PartState.Accepted;
        return new(Put(draft, Add(part, proposal, choose: !keeps) with { State = keeps ? PartState.Accepted : PartState.Proposed }), null);
    }

    /// <summary>A person agrees to the wording in force.</summary>
    public static DraftStep Accept(Draft draft, string id)
    {
        if (draft.Find(id) is not { } part) return Unknown(draft, id);
        return part.Current is null
            ? new(draft, new Refusal("nothing-proposed", Both("Nothing is proposed for this part yet.", "这一部分还没有提案。")))
            : new(Put(draft, part with { State = PartState.Accepted }), null);
    }

    /// <summary>A person rejects the wording in force: it is forgotten, and the part is open unless another one remains.</summary>
    public static DraftStep Reject(Draft draft, string id)
    {
        if (draft.Find(id) is not { } part) return Unknown(draft, id);
        if (part.Current is null) return new(draft, null);
        var left = part.Alternatives.RemoveAt(part.Chosen);
        return new(Put(draft, part with { Alternatives = left, Chosen = left.Length - 1, State = left.IsEmpty ? PartState.Open : PartState.Proposed }), null);
    }

    /// <summary>A person goes back to an earlier wording.</summary>
    public static DraftStep Choose(Draft draft, string id, int alternative)
    {
        if (draft.Find(id) is not { } part) return Unknown(draft, id);
        return alternative < 0 || alternative >= part.Alternatives.Length
            ? new(draft, new Refusal("no-such-alternative", Both("There is no such wording.", "没有这个写法。")))
            : new(Put(draft, part with { Chosen = alternative, State = PartState.Proposed }), null);
    }

    /// <summary>A person writes the part; that is agreement as well.</summary>
    public static DraftStep Replace(Draft draft, string id, string content)
    {
        if (draft.Find(id) is not { } part) return Unknown(draft, id);
        var proposal = new Proposal(content.ReplaceLineEndings("\n").Trim('\n') + "\n", Proposal.Hand);
        if (Refuse(proposal) is { } refusal) return new(draft, refusal);
        var known = part.Alternatives.IndexOf(part.Alternatives.FirstOrDefault(other => other.Content == proposal.Content)!);
        var next = known >= 0 ? part with { Chosen = known } : Add(part, proposal, choose: true);
        return new(Put(draft, next with { State = PartState.Accepted }), null);
    }

    /// <summary>All that is proposed is agreed to.</summary>
    public static Draft AcceptAll(Draft draft) =>
        draft with { Parts = [.. draft.Parts.Select(part => part.Current is null ? part : part with { State = PartState.Accepted })] };

    internal static Draft Put(Draft draft, DraftPart part) =>
        draft with { Parts = [.. draft.Parts.Select(other => other.Id == part.Id ? part : other)] };

    private static DraftPart Add(DraftPart part, Proposal proposal, bool choose)
    {
        var (kept, chosen) = (part.Alternatives, part.Chosen);
        if (kept.Length == MostAlternatives)
        {
            var oldest = chosen == 0 && !choose ? 1 : 0;
            (kept, chosen) = (kept.RemoveAt(oldest), chosen > oldest ? chosen - 1 : chosen);
        }

        return part with { Alternatives = kept.Add(proposal), Chosen = choose ? kept.Length : chosen };
    }

    private static Refusal? Refuse(Proposal proposal)
    {
        if (string.IsNullOrWhiteSpace(proposal.Content)) return new Refusal("empty-part", Both("The part is empty.", "这一部分是空的。"));
        return proposal.Content.Length > Proposal.Longest
            ? new Refusal("part-too-long", Both($"The part has {proposal.Content.Length} characters; {Proposal.Longest} are kept.", $"这一部分有 {proposal.Content.Length} 个字符，最多保留 {Proposal.Longest} 个。"))
            : null;
    }

    private static DraftStep Unknown(Draft draft, string id) =>
        new(draft, new Refusal("no-such-part", Both($"The draft has no part '{id}'.", $"草稿里没有“{id}”这一部分。")));
}
