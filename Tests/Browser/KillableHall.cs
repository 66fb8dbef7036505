using Orleans.Story.Tests.Faults.Killing;

namespace Orleans.Story.Tests.Browser;

/// <summary>The product as a process of its own on one port and one folder, so that it can die as processes do.</summary>
internal sealed class KillableHall : IDisposable
{
    /// <summary>Longer than a start ever takes, however busy the machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly HallPlace _place;
    private HallProcess _process;

    private KillableHall(HallPlace place, HallProcess process) => (_place, _process) = (place, process);

    /// <summary>The address for whoever sits at the machine.</summary>
    public string Local => _place.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>What the first start printed.</summary>
    public string FirstPassword { get; private set; } = "";

    /// <summary>What the process printed lately.</summary>
    public IReadOnlyCollection<string> Output => _process.Output;

    /// <param name="stop">Gives up the opening.</param>
    public static async Task<KillableHall> Open(CancellationToken stop)
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "web", "index.html")))
        {
            Assert.Skip("The gateway was built without its pages (SkipWeb). Build it again with Node.js 20 or newer installed.");
        }

        var place = HallPlace.Fresh(Films());
        var hall = new KillableHall(place, HallProcess.Start(place, bind: "*"));
        try
        {
            await hall.Opened(stop);
            hall.FirstPassword = hall._process.Password ?? throw new InvalidOperationException("No first start.");
            return hall;
        }
        catch
        {
            hall.Dispose();
            throw;
        }
    }

    /// <summary>SIGKILL. Nobody is told.</summary>
    public void Kill() => _process.Kill();

    /// <summary>What an operator does then: the program is started again.</summary>
    public async Task StartAgain(CancellationToken stop)
    {
        _process.Dispose();
        _process = HallProcess.Start(_place, bind: "*");
        await Opened(stop);
    }

    public void Dispose()
    {
        _process.Dispose();
        Directory.Delete(_place.Data, recursive: true);
    }

    private async Task Opened(CancellationToken stop)
    {
        if (!await _process.Opened.WaitAsync(Patience, stop)) throw new InvalidOperationException($"The program did not start: {string.Join('\n', Output)}");
    }

    /// <summary>The films of the checkout.</summary>
    private static string Films()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orleans.Story.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? "", "Films");
    }
}
