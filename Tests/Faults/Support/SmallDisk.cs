using System.Diagnostics;
using System.Globalization;
using Orleans.Story.Tests.Faults.Killing;

namespace Orleans.Story.Tests.Faults.Support;

/// <summary>
/// A disk of a few megabytes that can be filled: a tmpfs in a mount namespace of its own, kept by a process that sleeps, so
/// that it outlives the hall and never outlives the test.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly Process _keeper;
    private readonly string _folder;

    private SmallDisk(Process keeper, string folder, bool isRoot)
    {
        (_keeper, _folder) = (keeper, folder);
        var pid = keeper.Id.ToString(CultureInfo.InvariantCulture);
        Wrapper = isRoot ? ["nsenter", "-t", pid, "-m"] : ["nsenter", "-t", pid, "-U", "-m", "--preserve-credentials"];
    }

    /// <summary>Runs a program that sees the disk.</summary>
    public IReadOnlyList<string> Wrapper { get; }

    /// <summary>The disk's folder as this process can reach it.</summary>
    public string Inside => $"/proc/{_keeper.Id}/root{_folder}";

    private string Ballast => Path.Combine(Inside, "ballast");

    /// <summary>Mounts it over the place's data folder, or skips the test and says why.</summary>
    public static SmallDisk MountOrSkip(HallPlace place, int megabytes)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("A disk of its own is made with Linux's namespaces.");
        var isRoot = Environment.UserName == "root";
        var mount = $"mount -t tmpfs -o size={megabytes}m none '{place.Data}' && echo mounted && exec sleep 600";
        var start = new ProcessStartInfo("unshare", isRoot ? ["-m", "sh", "-c", mount] : ["-rm", "sh", "-c", mount])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            var keeper = Process.Start(start)!;
            if (keeper.StandardOutput.ReadLine() == "mounted") return new SmallDisk(keeper, place.Data, isRoot);
            var why = keeper.StandardError.ReadToEnd().Trim();
            keeper.Dispose();
            Assert.Skip($"This machine gives no disk of its own to a test: {why}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Assert.Skip($"This machine gives no disk of its own to a test: {e.Message}");
        }

        throw new UnreachableException();
    }

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true) ballast.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Takes some of it, megabytes.</summary>
    public void Take(int megabytes)
    {
        using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[1 << 20];
        for (var i = 0; i < megabytes; i++) ballast.Write(block);
    }

    /// <summary>Gives it back.</summary>
    public void Empty() => File.Delete(Ballast);

    public void Dispose()
    {
        _keeper.Kill();
        _keeper.WaitForExit();
        _keeper.Dispose();
    }
}
