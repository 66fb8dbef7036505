using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Grains.Staff;

namespace Orleans.Story.Gateway.Auth;

/// <summary>
/// Puts sign-ins on record. Nobody waits for it: an operator must get in when the disk is full. Never with anything that
/// was typed as a password, nor with a name that no account has, since that may be a password typed into the wrong field.
/// </summary>
internal sealed class AuditNotes(IClusterClient cluster, StaffDoor door, TimeProvider time)
{
    /// <summary>Entries about refused sign-ins; beyond it they are counted into the next entry, so that guessing does not fill the disk.</summary>
    private static readonly Rate Refusals = new(PerSecond: 0.1, Burst: 30);

    private readonly TokenBucket _refusals = new(Refusals, time);
    private int _uncounted;

    /// <summary>Somebody signed in.</summary>
    public void SignedIn(string name) => Note(new AuditEntry(0, AuditAct.SignedIn, name));

    /// <summary>Somebody signed out.</summary>
    public void SignedOut(string name) => Note(new AuditEntry(0, AuditAct.SignedOut, name));

    /// <summary>A sign-in was refused; the name only if an account has it.</summary>
    public void Refused(string? name, string code)
    {
        if (!_refusals.Take())
        {
            Interlocked.Increment(ref _uncounted);
            return;
        }

        var others = Interlocked.Exchange(ref _uncounted, 0);
        Note(new AuditEntry(0, AuditAct.SignInRefused, name ?? "", Refused: code, Times: others == 0 ? 0 : others + 1));
    }

    private void Note(AuditEntry entry)
    {
        using var house = door.SpeakAsHouse();
        _ = cluster.Audit().Note(entry);
    }
}
