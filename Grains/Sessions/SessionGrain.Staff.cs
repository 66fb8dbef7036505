using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;

namespace Orleans.Story.Grains.Sessions;

/// <summary>Who acts, and that it is on record in the audit log of the house.</summary>
public sealed partial class SessionGrain
{
    /// <summary>The command in the name of whoever gave it: the pass's, or as it stands when the house itself speaks.</summary>
    private OperatorCommand Spoken(OperatorCommand command) =>
        door.Caller is { IsHouse: false } caller ? command with { By = caller.Name } : command;

    /// <summary>
    /// Copies an act into the audit log, refused ones too; the session's own journal has the truth of those that were done. Not waited
    /// for: a show does not stand still for its log. A rehearsal leaves no trace there.
    /// </summary>
    private void OnRecord(AuditAct act, string by, string what, string reason, Outcome outcome)
    {
        if (state.Terms is not { Rehearsal: false }) return;
        using var house = door.SpeakAsHouse();
        _ = GrainFactory.Audit().Note(new AuditEntry(
            0, act, by, Session: id, What: what, Reason: reason.Length == 0 ? null : reason, Refused: outcome.Refusal?.Code));
    }
}
