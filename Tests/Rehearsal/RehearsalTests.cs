using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rehearsal;

/// <summary>The program as <c>rehearse</c> puts it together, over real grains and a real journal, with a clock that the test moves.</summary>
public sealed class RehearsalTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PaperFolder _paper = new();
    private readonly ManualClock _clock = new();
    private readonly Lines _said = new();
    private readonly CancellationTokenSource _over = new();
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("story-rehearsal-");
    private WebApplication _app = null!;
    private ISessionGrain _session = null!;
    private Task _watching = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _app = GatewayHost.Build(
            new GatewayOptions { Port = 0, Bind = "127.0.0.1", Data = _data.FullName, Rehearse = _paper.Folder },
            builder => builder.Services.AddSingleton<TimeProvider>(_clock));
        await _app.StartAsync();
        using var house = _app.Services.GetRequiredService<StaffDoor>().SpeakAsHouse();
        var scheduling = await _app.Services.GetRequiredService<Screenings>().Schedule(
            new ScreeningRequest("paper", 9, "en", ["en"], 10, nameof(VotingRule.Plurality), 10, 3, Rehearsal: true));
        var session = scheduling.Session.ShouldNotBeNull().Session;
        _session = _app.Services.GetRequiredService<IClusterClient>().Session(session);
        _watching = _app.Services.GetRequiredService<IFilmWatch>().Run(session, _said, _over.Token);
    }

    [Fact]
    public async Task A_save_is_told_from_the_next_beat_on_a_broken_one_is_only_reported_and_its_mend_is_told()
    {
        await Operate(OperatorAction.Open);
        await Operate(OperatorAction.Start);
        var rain = _paper.Read(PaperFolder.Storylets);
        (await Beat(0)).ShouldContain("Rain");

        var snow = rain.Replace("Rain on", "Snow on", StringComparison.Ordinal);
        await Save(snow, "  From the next beat on as saved: opening, one-0, one-1, ");
        (await Stage()).Beat!.Lines[0].Words.In("en").ShouldContain("Rain", customMessage: "what was told stays told");
        (await Beat(1)).ShouldContain("Snow");
        var version = (await Stage()).Film.Film;

        await Save(snow.Replace("place: room", "place: roof", StringComparison.Ordinal), "  Not a film as it is saved");
        _said.Written.ShouldContain($"{_paper.Folder}/{PaperFolder.Storylets}(6,10): the place \"roof\" is not among the places. Write room.");
        (await Beat(2)).ShouldContain("Snow");
        (await Stage()).Film.Film.ShouldBe(version);

        await Save(rain.Replace("Rain on", "Hail on", StringComparison.Ordinal), "  From the next beat on as saved: opening, one-0, one-1, ");
        (await Beat(3)).ShouldContain("Hail");
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watching;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _over.Dispose();
        _data.Delete(recursive: true);
        _paper.Dispose();
    }

    private async Task Operate(OperatorAction action)
    {
        using var house = _app.Services.GetRequiredService<StaffDoor>().SpeakAsHouse();
        (await _session.Operate(new OperatorCommand(action, "writer", "", 0, true))).Refusal.ShouldBeNull();
    }

    private async Task<Stage> Stage() => (await _session.Look()).ShouldNotBeNull().Stage;

    /// <summary>Saves the storylets while the show is held, so that the looks at the folder cost it no time, and waits for what is said about it.</summary>
    private async Task Save(string content, string says)
    {
        await Operate(OperatorAction.Pause);
        var heard = _said.Written.Count;
        _paper.Save(PaperFolder.Storylets, content);
        using var patience = new CancellationTokenSource(Patience);
        while (!_said.Written.Skip(heard).Any(line => line.StartsWith(says, StringComparison.Ordinal)))
        {
            patience.IsCancellationRequested.ShouldBeFalse($"nobody said '{says}' in {Patience.TotalSeconds} s");
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            // Looks again soon; what it waits for decides, not how long it slept.
            await Task.Delay(5);
        }

        await Operate(OperatorAction.Resume);
    }

    /// <summary>Lets the show go on until this beat is told. Answers its first line.</summary>
    private async Task<string> Beat(int ordinal)
    {
        for (var steps = 0; steps < 1_000; steps++)
        {
            if ((await Stage()).Beat is { } beat && beat.Ordinal == ordinal && !beat.Lines.IsEmpty) return beat.Lines[0].Words.In("en");
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        throw new InvalidOperationException($"Waited 100 s of show time for beat {ordinal}.");
    }
}
