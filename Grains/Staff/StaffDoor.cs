using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Rules.Staff;

namespace Orleans.Story.Grains.Staff;

/// <summary>
/// Lends calls their passes and reads them back. A pass travels in the request context, sealed: what a caller writes there
/// without the key is worth nothing. Whoever has this object has the key, so it never leaves the processes of the house.
/// </summary>
/// <param name="key">Shared by every process of the house.</param>
/// <param name="time">The clock.</param>
public sealed class StaffDoor(StaffKey key, TimeProvider time)
{
    /// <summary>Where in the request context it travels.</summary>
    public const string ContextKey = "story.pass";

    /// <summary>
    /// How long a pass is good: longer than any call and what it sets off may take (10 s), and than two machines' clocks
    /// differ; short enough that a pass that leaked is soon worthless.
    /// </summary>
    public static readonly TimeSpan Lives = TimeSpan.FromMinutes(1);

    /// <summary>As whom the house acts when it acts for nobody.</summary>
    public const string House = "house";

    private static readonly ImmutableArray<string> HouseRoles = [StaffRoles.Operator, StaffRoles.Director, StaffRoles.Admin, StaffRoles.House];

    /// <summary>The pass that this call came with, if it is a good one.</summary>
    public StaffPass? Caller => key.Open(RequestContext.Get(ContextKey) as string, time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Calls from here on are made in the name of a member of staff, until what this answers is disposed of.</summary>
    /// <param name="name">The account, whose sign-in has been validated just now.</param>
    /// <param name="roles">Its roles.</param>
    public Speaking Speak(string name, ImmutableArray<string> roles) => new(Sealed(name, roles));

    /// <summary>Calls from here on are the house's own, until what this answers is disposed of.</summary>
    /// <param name="name">As whom the house acts, such as <c>demo</c>.</param>
    public Speaking SpeakAsHouse(string name = House) => new(Sealed(name, HouseRoles));

    private string Sealed(string name, ImmutableArray<string> roles) =>
        key.Seal(new StaffPass(name, roles, (time.GetUtcNow() + Lives).ToUnixTimeMilliseconds()));

    /// <summary>A pass in the request context; puts back what was there before.</summary>
    public readonly struct Speaking : IDisposable
    {
        private readonly object? before;

        internal Speaking(string pass)
        {
            before = RequestContext.Get(ContextKey);
            RequestContext.Set(ContextKey, pass);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (before is null) RequestContext.Remove(ContextKey);
            else RequestContext.Set(ContextKey, before);
        }
    }
}
