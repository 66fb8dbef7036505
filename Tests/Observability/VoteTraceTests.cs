using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Gateway.Hubs;

namespace Orleans.Story.Tests.Observability;

/// <summary>What docs/observability.md promises, of the whole program over the real journal.</summary>
public sealed class VoteTraceTests
{
    private static readonly string[] Promised =
    [
        "story.gateway.ack", "story.gateway.batch.size", "story.gateway.batch.time", "story.gateway.casts", "story.gateway.connections",
        "story.gateway.lane.oldest", "story.gateway.lane.wait", "story.gateway.lane.waiting", "story.gateway.slow", "story.gateway.tally.age",
        "story.shard.ballots", "story.storage.batch.size", "story.storage.commit.time", "story.storage.queue.age", "story.storage.queue.depth",
        "story.storage.queue.wait",
    ];

    [Fact]
    public async Task One_vote_is_one_trace_from_the_hub_to_the_commit_and_every_wait_has_a_number()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var tracing = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Orleans.Story.", StringComparison.Ordinal) || source.Name.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(tracing);
        var measured = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        using var metering = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name.StartsWith("Orleans.Story.", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
            },
        };
        metering.SetMeasurementEventCallback<int>((instrument, _, _, _) => measured[instrument.Name] = true);
        metering.SetMeasurementEventCallback<long>((instrument, _, _, _) => measured[instrument.Name] = true);
        metering.SetMeasurementEventCallback<double>((instrument, _, _, _) => measured[instrument.Name] = true);
        metering.Start();

        await using var show = await Show.Open();
        var answer = await show.Vote();
        answer.Receipt!.Status.ShouldBe(ReceiptStatus.Counted);
        metering.RecordObservableInstruments();

        // The vote's own span ends after its receipt left.
        await Wait.For("the vote's span", () => spans.Any(span => span.OperationName == "vote"));
        var vote = spans.First(span => span.OperationName == "vote");
        vote.Parent.ShouldBeNull();
        var batch = spans.Single(span => span.OperationName == "ballot batch" && span.TraceId == vote.TraceId);
        batch.ParentSpanId.ShouldBe(vote.SpanId);
        batch.Links.ShouldContain(link => link.Context.SpanId == vote.SpanId);
        batch.GetTagItem("story.ballots").ShouldBe(1);
        batch.GetTagItem("story.waited_ms").ShouldBeOfType<double>().ShouldBeGreaterThanOrEqualTo(0);
        await Wait.For("the journal's span", () => spans.Any(span => span.OperationName == "journal batch" && span.TraceId == vote.TraceId));
        var shard = spans.Single(span => span.OperationName == "shard" && span.TraceId == vote.TraceId);
        var journal = spans.Single(span => span.OperationName == "journal batch" && span.TraceId == vote.TraceId);
        journal.ParentSpanId.ShouldBe(shard.SpanId);
        journal.GetTagItem("story.events").ShouldBe(1);
        await Wait.For("the spans of the grain call", () => Ancestors(spans, shard).Contains(batch.SpanId));

        Promised.Except(measured.Keys).ShouldBeEmpty();
    }

    private static List<ActivitySpanId> Ancestors(IEnumerable<Activity> spans, Activity of)
    {
        var found = new List<ActivitySpanId>();
        for (var id = of.ParentSpanId; id != default; id = spans.FirstOrDefault(span => span.SpanId == id)?.ParentSpanId ?? default) found.Add(id);
        return found;
    }

    /// <summary>The whole program, ten times as fast as the clock on the wall, with a round open.</summary>
    private sealed class Show : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly string _data;
        private readonly string _joinCode;

        private Show(WebApplication app, string data, string joinCode) => (_app, _data, _joinCode) = (app, data, joinCode);

        public static async Task<Show> Open()
        {
            var data = Directory.CreateTempSubdirectory("story-observed-").FullName;
            var app = GatewayHost.Build(
                new GatewayOptions { Port = 0, Bind = "127.0.0.1", Data = data },
                builder =>
                {
                    builder.Services.AddSingleton<TimeProvider>(new QuickClock(10));
                    // A collector that is not there: what matters is that one is named.
                    builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9";
                });
            await app.StartAsync();
            var screenings = app.Services.GetRequiredService<Screenings>();
            var film = (await screenings.Films())[0];
            using var house = app.Services.GetRequiredService<StaffDoor>().SpeakAsHouse();
            var hall = (await screenings.Schedule(new ScreeningRequest(
                film.Film.Slug, film.ShortestMinutes, film.Languages[0], [film.Languages[0]], 10, nameof(VotingRule.Plurality), 120, 3))).Session!;
            var session = app.Services.GetRequiredService<IClusterClient>().Session(hall.Session);
            foreach (var action in new[] { OperatorAction.Open, OperatorAction.Start }) (await session.Operate(new OperatorCommand(action, "test", "", 0, false))).Refusal.ShouldBeNull();
            await Wait.For("the round to open", () => session.Look().GetAwaiter().GetResult()?.Stage.Round is { State: RoundState.Open });
            return new Show(app, data, hall.JoinCode);
        }

        public async Task<CastAnswer> Vote()
        {
            using var http = new HttpClient();
            var address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            await using var phone = new Phone(address, http);
            (await phone.Join(_joinCode, "en", CancellationToken.None)).ShouldBeNull();
            var now = await phone.Connect(CancellationToken.None);
            return await phone.Cast(new CastBallot(now.Stage.Round!.Round, [0], 1), CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            Directory.Delete(_data, recursive: true);
        }
    }

    /// <summary>A clock that runs so many times as fast.</summary>
    private sealed class QuickClock(int times) : TimeProvider
    {
        private readonly DateTimeOffset _began = System.GetUtcNow();
        private readonly long _from = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => _began + (System.GetElapsedTime(_from) * times);

        public override long GetTimestamp() => _from + ((System.GetTimestamp() - _from) * times);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(System.CreateTimer(callback, state, Short(dueTime), Short(period)), this);

        private TimeSpan Short(TimeSpan time) => time <= TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Max(1, time.TotalMilliseconds / times));

        private sealed class Timer(ITimer inner, QuickClock clock) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Short(dueTime), clock.Short(period));

            public void Dispose() => inner.Dispose();

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}

/// <summary>Waits for something and says what, if it never comes.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task For(string what, Func<bool> there)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!there())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"Waited {Patience.TotalSeconds} s for {what}.");
            // Looks again soon; what it waits for decides, not how long it slept.
            await Task.Delay(5);
        }
    }
}
