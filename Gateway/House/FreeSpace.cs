using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Gateway.House;

/// <summary>How much space is left.</summary>
internal sealed class FreeSpace(Func<long?> ask)
{
    /// <summary>Bytes that this program may still write, or <see langword="null"/> where nobody can tell.</summary>
    public long? Bytes => ask();

    /// <summary>Where the data folder is.</summary>
    public static FreeSpace Of(GatewayOptions options) => new(() =>
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(options.Data)).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    });
}
