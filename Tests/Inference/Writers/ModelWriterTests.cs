using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Models;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Tests.Inference.Support;

namespace Orleans.Story.Tests.Inference.Writers;

public sealed class ModelWriterTests : IAsyncDisposable
{
    private static readonly Film Ferry = Orders.Shipped("last-ferry");
    private readonly List<IDisposable> open = [];
    private readonly List<ChatServer> servers = [];

    [Theory]
    [InlineData("en", null)]
    [InlineData("zh", null)]
    [InlineData("en", "zh")]
    [InlineData("zh", "en")]
    public async Task AModelTellsThePlan(string telling, string? second)
    {
        var server = await ServeAsync();
        string[] languages = second is null ? [telling] : [telling, second];
        var order = Orders.After(Ferry, 3, languages);
        var beat = await Writer(server).WriteAsync(Ferry, Orders.Session, order, TestContext.Current.CancellationToken);
        var skeleton = StoryletTelling.Tell(Ferry, order.Plan);
        BeatChecks.Of(Ferry, order.Plan, beat with { Made = order.Plan.Made }, languages).ShouldBeEmpty();
        beat.Writer.ShouldBe("parrot");
        beat.Lines.Select(line => line.Speaker).ShouldBe(skeleton.Lines.Select(line => line.Speaker));
        beat.Lines[0].Words.In(telling).ShouldNotBe(skeleton.Lines[0].Words.In(telling));
        beat.Options.Select(option => option.Sets).ShouldBe(skeleton.Options.Select(option => option.Sets), "where an option leads is the film's");
        beat.Options[0].Label.Words.ShouldNotBe(skeleton.Options[0].Label.In(telling));
        beat.Gist.ShouldNotBeNull().Has(languages[^1]).ShouldBeTrue();
        var writing = beat.Writing.ShouldNotBeNull();
        (writing.Endpoint, writing.Model, writing.Prompt).ShouldBe(("a", "parrot", $"beat-1.{telling}"));
        (writing.TokensIn, writing.TokensOut).ShouldBe((3600, 900), "lines, choice and translation");
        beat.Options.ShouldAllBe(option => option.Label.Has("en") && option.Label.Has("zh"), "phones in the other language choose too");
        server.Requests.ShouldAllBe(request => request.Authorization == "Bearer none");
    }

    [Fact]
    public async Task AnEndingHasNoOptions()
    {
        var server = await ServeAsync();
        var order = Orders.After(Ferry, 3, ["en"]);
        var plan = order.Plan with { Function = Orleans.Story.Contracts.Films.BeatFunction.Resolution, Storylet = null };
        var beat = await Writer(server).WriteAsync(Ferry, Orders.Session, order with { Plan = plan }, TestContext.Current.CancellationToken);
        beat.Options.ShouldBeEmpty();
        beat.Question.ShouldBeNull();
        server.Requests.First().Last.ShouldContain("It is the last beat.");
    }

    /// <summary>Every way in which a server goes wrong, and what the pool is told.</summary>
    public static TheoryData<string, ModelFault> Troubles => new()
    {
        { "500", ModelFault.Failed }, { "404", ModelFault.Failed }, { "429", ModelFault.Busy }, { "503", ModelFault.Busy }, { "401", ModelFault.Unauthorized },
        { "redirect", ModelFault.Failed }, { "empty", ModelFault.Empty }, { "blank", ModelFault.Empty }, { "nothing", ModelFault.Unreachable }, { "dropped", ModelFault.Unreachable },
        { "truncated", ModelFault.Unreachable }, { "length", ModelFault.Endless }, { "endless", ModelFault.Endless }, { "silent", ModelFault.Silent }, { "pings", ModelFault.Silent },
        { "garbage", ModelFault.Failed }, { "html", ModelFault.Unreachable }, { "thought", ModelFault.Empty },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task WhateverAServerDoesTheNextOneIsAsked(string trouble, ModelFault fault)
    {
        var bad = await ServeAsync(http => MisbehaveAsync(trouble, http));
        var order = Orders.After(Ferry, 2, ["en"]);
        var alone = await Should.ThrowAsync<ModelFaultException>(() => Writer(bad, Impatient).WriteAsync(Ferry, Orders.Session, order, TestContext.Current.CancellationToken));
        alone.Fault.ShouldBe(fault, alone.ToString());
        alone.Message.ShouldNotContain("127.0.0.1");
        var good = await ServeAsync();
        var beat = await Writer([bad, good], Impatient).WriteAsync(Ferry, Orders.Session, order, TestContext.Current.CancellationToken);
        beat.Writing!.Endpoint.ShouldBe("b");
    }

    [Fact]
    public async Task AServerThatIsNotThereIsUnreachable()
    {
        var server = await ServeAsync();
        await server.DisposeAsync();
        var gone = await Should.ThrowAsync<ModelFaultException>(() => Writer(server).WriteAsync(Ferry, Orders.Session, Orders.After(Ferry, 2, ["en"]), TestContext.Current.CancellationToken));
        gone.Fault.ShouldBe(ModelFault.Unreachable);
    }

    [Fact]
    public async Task AServerThatKnowsNoSchemasIsAskedWithout()
    {
        var server = await ServeAsync();
        var honest = server.Answer;
        server.Answer = (request, http) => request.HasSchema ? ChatServer.RefuseAsync(http, 400) : honest(request, http);
        var writer = Writer(server);
        (await writer.WriteAsync(Ferry, Orders.Session, Orders.After(Ferry, 2, ["en"]), TestContext.Current.CancellationToken)).Gist.ShouldNotBeNull();
        var before = server.Requests.Count;
        await writer.WriteAsync(Ferry, Orders.Session, Orders.After(Ferry, 2, ["en"]), TestContext.Current.CancellationToken);
        (server.Requests.Count - before).ShouldBe(3, "it is asked with a schema only once");
    }

    [Theory]
    [InlineData("no object at all")]
    [InlineData("""{"gist":"ok","question":"Which?","options":["only one"]}""")]
    [InlineData("""{"gist":"ok","question":"Which?","options":["same","same","same","same"]}""")]
    [InlineData("""{"gist":5,"question":[],"options":{}}""")]
    public async Task OptionsThatDoNotFitAreTheFilms(string said)
    {
        var server = await ServeAsync();
        server.Answer = (request, http) => ChatServer.SayAsync(http, request.Last.Contains("\"gist\"", StringComparison.Ordinal) ? said : Parrot.Prose(request.Last));
        var order = Orders.After(Ferry, 2, ["en"]);
        var beat = await Writer(server).WriteAsync(Ferry, Orders.Session, order, TestContext.Current.CancellationToken);
        beat.Options.Select(option => option.Label).ShouldBe(StoryletTelling.Tell(Ferry, order.Plan).Options.Select(option => option.Label));
    }

    [Theory]
    [InlineData(-5, 10)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public async Task ACountThatCannotBeTrueIsEstimated(int read, int written)
    {
        var server = await ServeAsync();
        server.Answer = (request, http) => ChatServer.SayAsync(http, Parrot.Answer(request), usage: new JsonObject { ["prompt_tokens"] = read, ["completion_tokens"] = written, ["total_tokens"] = 0 });
        var beat = await Writer(server).WriteAsync(Ferry, Orders.Session, Orders.After(Ferry, 2, ["en"]), TestContext.Current.CancellationToken);
        beat.Writing!.TokensIn.ShouldBeInRange(500, 20_000);
    }

    [Fact]
    public async Task AServerThatAsksToBeLeftAloneIsLeftAlone()
    {
        var server = await ServeAsync(http => ChatServer.RefuseAsync(http, 429, "60"));
        var writer = Writer(server);
        var order = Orders.After(Ferry, 2, ["en"]);
        (await Should.ThrowAsync<ModelFaultException>(() => writer.WriteAsync(Ferry, Orders.Session, order, TestContext.Current.CancellationToken))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(60));
        (await Should.ThrowAsync<ModelFaultException>(() => writer.WriteAsync(Ferry, Orders.Session, order, TestContext.Current.CancellationToken))).Fault.ShouldBe(ModelFault.NoneLeft);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AServerThatKeepsFailingRests()
    {
        var server = await ServeAsync(http => ChatServer.RefuseAsync(http, 500));
        var writer = Writer(server);
        for (var i = 0; i < 10; i++) await Should.ThrowAsync<ModelFaultException>(() => writer.WriteAsync(Ferry, Orders.Session, Orders.After(Ferry, 2, ["en"]), TestContext.Current.CancellationToken));
        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task ABudgetForAShowIsKept()
    {
        var server = await ServeAsync();
        var writer = Writer(server, settings => settings with { TokensPerShow = 6000 });
        var order = Orders.After(Ferry, 2, ["en"]);
        await writer.WriteAsync(Ferry, Orders.Session, order, TestContext.Current.CancellationToken);
        await writer.WriteAsync(Ferry, Orders.Session, order, TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<ModelFaultException>(() => writer.WriteAsync(Ferry, Orders.Session, order, TestContext.Current.CancellationToken))).Fault.ShouldBe(ModelFault.NoneLeft);
        await writer.WriteAsync(Ferry, new(Guid.CreateVersion7()), order, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task NobodyWaitsLongerThanAsked()
    {
        var server = await ServeAsync(http => MisbehaveAsync("silent", http));
        using var stop = new CancellationTokenSource();
        var writing = Writer(server, settings => settings with { SilenceSeconds = 600 }).WriteAsync(Ferry, Orders.Session, Orders.After(Ferry, 2, ["en"]), stop.Token);
        while (server.Requests.IsEmpty) await Task.Yield();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => writing);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in open) one.Dispose();
        foreach (var server in servers) await server.DisposeAsync();
    }

    /// <summary>Only where a server is to be caught silent: an honest one may be slow on a busy machine.</summary>
    private static ModelEndpoint Impatient(ModelEndpoint settings) => settings with { SilenceSeconds = settings.Name == "a" ? 0.4 : 30 };

    private static async Task MisbehaveAsync(string trouble, HttpContext http)
    {
        switch (trouble)
        {
            case "500" or "404" or "429" or "503" or "401":
                await ChatServer.RefuseAsync(http, int.Parse(trouble, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case "redirect":
                http.Response.Redirect("http://127.0.0.1:1/elsewhere");
                break;
            case "empty":
                await ChatServer.SayAsync(http, "");
                break;
            case "blank":
                await ChatServer.SayAsync(http, " \n \n");
                break;
            case "nothing":
                await ChatServer.BeginAsync(http);
                break;
            case "dropped":
                await ChatServer.BeginAsync(http);
                await ChatServer.ChunkAsync(http, "NARRATION｜The ferry ");
                http.Abort();
                break;
            case "truncated":
                await ChatServer.SayAsync(http, "NARRATION｜The ferry leaves, and", finish: null, ends: false);
                break;
            case "length":
                await ChatServer.SayAsync(http, "NARRATION｜The ferry leaves, and", finish: "length");
                break;
            case "endless":
                await ChatServer.BeginAsync(http);
                while (!http.RequestAborted.IsCancellationRequested) await ChatServer.ChunkAsync(http, "and on and on and on it goes ");
                break;
            case "silent":
                await ChatServer.BeginAsync(http);
                await ChatServer.ChunkAsync(http, "NARRATION｜");
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
                break;
            case "pings":
                await ChatServer.BeginAsync(http);
                while (!http.RequestAborted.IsCancellationRequested)
                {
                    await ChatServer.RawAsync(http, ": still here\n\n");
                    await Task.Delay(50, http.RequestAborted);
                }

                break;
            case "garbage":
                await ChatServer.BeginAsync(http);
                await ChatServer.RawAsync(http, "data: {\"choices\": [nonsense\n\n");
                break;
            case "html":
                http.Response.ContentType = "text/html";
                await http.Response.WriteAsync("<html><body>Sign in to the hotel's network</body></html>");
                break;
            case "thought":
                await ChatServer.SayAsync(http, "<think>I wonder what the ferry");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(trouble), trouble, "No such trouble.");
        }
    }

    private async Task<ChatServer> ServeAsync(Func<HttpContext, Task>? answer = null)
    {
        var server = await ChatServer.StartAsync();
        servers.Add(server);
        if (answer is not null) server.Answer = (_, http) => answer(http);
        return server;
    }

    private ModelWriter Writer(params ChatServer[] servers) => Writer(servers, settings => settings);

    private ModelWriter Writer(ChatServer server, Func<ModelEndpoint, ModelEndpoint> alter) => Writer([server], alter);

    private ModelWriter Writer(ChatServer[] servers, Func<ModelEndpoint, ModelEndpoint> alter)
    {
        var endpoints = new Endpoints(servers.Select((server, i) =>
        {
            var settings = alter(new ModelEndpoint { Name = ((char)('a' + i)).ToString(), Url = server.Url, Model = "parrot", Order = i, SilenceSeconds = 30 });
            return new Orleans.Story.Inference.Models.Endpoint(settings, Endpoints.Connect(settings, key: null), TimeProvider.System);
        }));
        open.Add(endpoints);
        return new ModelWriter(endpoints, TimeProvider.System);
    }
}
