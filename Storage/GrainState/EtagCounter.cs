using System.Globalization;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage.GrainState;

/// <summary>
/// Numbers that grow for as long as the process lives, over all grains. A counter per row would start again after a clear
/// and let an old activation overwrite what it never saw. Used inside transactions only, hence by one thread.
/// </summary>
internal sealed class EtagCounter
{
    private long _last = -1;

    /// <summary>Starts above every etag in use; must run before the process's first clear takes one out of sight.</summary>
    public void Start(WriteSession write)
    {
        if (_last < 0)
            _last = Convert.ToInt64(write.Scalar("select max(etag) from grain_state"), CultureInfo.InvariantCulture);
    }

    public long Next(WriteSession write)
    {
        Start(write);
        return ++_last;
    }
}
