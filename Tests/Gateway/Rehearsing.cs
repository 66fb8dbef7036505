using System.Collections.Concurrent;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Gateway.Films;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Grains.Films;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Staff;
using Orleans.Story.Storage.Tables;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

/// <summary>A rehearsal of the paper film whose session is a plain object; a clock that looks at the folder as often as a test likes.</summary>
internal sealed class Rehearsing : IAsyncDisposable
{
    private readonly ManualClock _clock = new();
    private readonly CancellationTokenSource _over = new();
    private readonly Lines _lines = new();
    private readonly Shelf _shelf = new();
    private readonly FilmLibrary _library;
    private readonly FilmWatch _watch;
    private readonly SessionId _session = SessionId.New(DateTimeOffset.UnixEpoch.AddDays(1));
    private Task _watching = Task.CompletedTask;

    private Rehearsing(string language)
    {
        var (client, fakes) = FakeCluster.Make();
        _library = new FilmLibrary(_shelf);
        _watch = new FilmWatch(
            new FilmShelf(_library, client), _library, new AssetShelf(), client, new StaffDoor(StaffKey.New(), _clock), new GatewayOptions { Rehearse = Paper.Folder, Language = language }, _clock);
        Show = fakes.Session(_session);
        Show.Stage = Stages.Lobby(_session) with { Film = Stages.Film with { Film = PaperFilm.Film.Ref } };
    }

    public PaperFolder Paper { get; } = new();

    public FakeSession Show { get; }

    public IReadOnlyCollection<string> Said => _lines.Written;

    /// <summary>How often the folder was read as a film.</summary>
    public int Readings => _shelf.Puts;

    public static async Task<Rehearsing> Open(string language = "en")
    {
        var rehearsing = new Rehearsing(language);
        await rehearsing._library.AddAsync(PaperFilm.Sources);
        return rehearsing;
    }

    public Rehearsing Begin()
    {
        _watching = _watch.Run(_session, _lines, _over.Token);
        return this;
    }

    public async Task<Film> Version(FilmRef version) => (await _library.FindAsync(version)).ShouldNotBeNull();

    public Task Until(string what, Func<bool> there) => Wait.For(what, () =>
    {
        if (there()) return true;
        _watching.IsFaulted.ShouldBeFalse($"the watch should not end while a test waits for {what}");
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        return false;
    });

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watching;
        _over.Dispose();
        Paper.Dispose();
    }

    private sealed class Shelf : IFilmTable
    {
        private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _kept = new(StringComparer.Ordinal);
        private int _puts;

        public int Puts => Volatile.Read(ref _puts);

        public ValueTask PutAsync(string slug, string hash, ReadOnlyMemory<byte> source, CancellationToken ct = default)
        {
            _kept.TryAdd(hash, source);
            Interlocked.Increment(ref _puts);
            return ValueTask.CompletedTask;
        }

        public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string hash, CancellationToken ct = default) =>
            ValueTask.FromResult(_kept.TryGetValue(hash, out var source) ? source : (ReadOnlyMemory<byte>?)null);
    }
}
