using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Story.Storage;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Tables;
using Orleans.Story.Tests.Storage.Support;

namespace Orleans.Story.Tests.Storage;

/// <summary>The registration: when the store opens, what it refuses, when it closes, what it measures.</summary>
public sealed class StorageServicesTests : IDisposable
{
    private readonly SqliteDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_host_opens_the_store_before_its_services_and_closes_it_after_them()
    {
        using (var host = Host())
        {
            await host.StartAsync();
            var user = host.Services.GetRequiredService<EarlyUser>();
            user.Status.ShouldBe(AppendStatus.Appended);
            await host.StopAsync();
            (await host.Services.GetRequiredService<IJournal>().Append("late", 0)).Status.ShouldBe(AppendStatus.Appended);
        }

        using var store = _database.Open();
        (await store.Journal.ListAsync("")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_second_host_on_the_same_folder_does_not_start()
    {
        using var first = Host(user: false);
        await first.StartAsync();
        using var second = Host(user: false);
        (await Should.ThrowAsync<StorageRefusedException>(second.StartAsync())).Message.ShouldContain("in use by process");
    }

    [Fact]
    public void Every_interface_is_over_one_store()
    {
        using var services = new ServiceCollection().AddStoryStorage(_database.Options).BuildServiceProvider();
        services.GetRequiredService<IJournal>().ShouldNotBeNull();
        services.GetRequiredService<ISeatTable>().ShouldNotBeNull();
        services.GetRequiredService<IFilmTable>().ShouldNotBeNull();
        services.GetRequiredService<IRemarkTable>().ShouldNotBeNull();
    }

    [Fact]
    public void Options_that_cannot_work_are_refused() =>
        Should.Throw<StorageRefusedException>(() => new ServiceCollection()
            .AddStoryStorage(new StorageOptions { DataFolder = _database.Folder, QueueCapacity = 0 })
            .BuildServiceProvider().GetRequiredService<IJournal>());

    [Fact]
    public async Task The_meter_counts_batches_commits_and_refusals()
    {
        var measured = new System.Collections.Concurrent.ConcurrentBag<(string Name, double Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Orleans.Story.Storage" && instrument.Meter.Tags!.Any(tag => Equals(tag.Value, _database.Folder)))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => measured.Add((instrument.Name, value)));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured.Add((instrument.Name, value)));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured.Add((instrument.Name, value)));
        listener.Start();
        _database.Options.QueueCapacity = 1;
        using (var store = _database.Open(out var backend))
        {
            backend.Hold();
            var first = store.Journal.Append("a", 0, 3);
            await backend.HeldAsync();
            var second = store.Journal.Append("b", 0);
            (await store.Journal.Append("c", 0)).Status.ShouldBe(AppendStatus.Busy);
            listener.RecordObservableInstruments();
            backend.Release();
            await Task.WhenAll(first, second);
        }

        measured.Where(m => m.Name == "story.storage.batch.size").Select(m => m.Value).ShouldBe([3, 1], ignoreOrder: true);
        measured.Count(m => m.Name == "story.storage.commit.time").ShouldBe(2);
        measured.ShouldContain(("story.storage.busy", 1));
        measured.ShouldContain(("story.storage.queue.depth", 1));
    }

    private IHost Host(bool user = true)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        if (user)
        {
            builder.Services.AddSingleton<EarlyUser>();
            builder.Services.AddHostedService(services => services.GetRequiredService<EarlyUser>());
        }

        builder.Services.AddStoryStorage(_database.Options);
        return builder.Build();
    }

    /// <summary>Registered ahead of the store, as a silo may be, and writing while it starts.</summary>
    private sealed class EarlyUser(IJournal journal) : IHostedService
    {
        public AppendStatus? Status { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken) => Status = (await journal.Append("early", 0)).Status;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
