using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Runtime;
using Orleans.Story.Silo;
using Orleans.Story.Silo.Cluster;
using Orleans.Story.Tests.Faults.Killing;

namespace Orleans.Story.Tests.Cluster.Support;

/// <summary>
/// A whole cluster on loopback: a database of its own on a real PostgreSQL, silos and gateways as processes, a proxy before the
/// gateways, a cable that can be cut between each silo and the database, another between each silo and the others, and a client inside the test.
/// </summary>
internal sealed class Venue : IAsyncDisposable
{
    /// <summary>Names a program that crashes the database server and starts it again.</summary>
    private const string Restart = "STORY_TEST_POSTGRES_RESTART";

    private readonly string _server;
    private readonly string _database = $"venue_{Guid.NewGuid():N}";
    private readonly string _folder = Directory.CreateTempSubdirectory("story-venue-").FullName;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly Dictionary<Node, Relay> _cables = [];
    private readonly Dictionary<Node, Relay> _between = [];
    private readonly string _build;
    private IHost? _client;

    private Venue(string server, string build) => (_server, _build) = (server, build);

    /// <summary>Whose SQL made Orleans's tables.</summary>
    public string Tables { get; private set; } = "";

    /// <summary>Silos that hold sessions.</summary>
    public List<Node> Stories { get; } = [];

    /// <summary>Silos that write.</summary>
    public List<Node> Gpus { get; } = [];

    public List<Node> Gateways { get; } = [];

    /// <summary>The model behind the gpu silos.</summary>
    public SlowModel Model { get; private set; } = null!;

    /// <summary>The proxy before the gateways: where phones and the operator come.</summary>
    public Relay Door { get; private set; } = null!;

    public HallPlace Place => new(_folder, "", Door.Port);

    /// <summary>A client of the cluster.</summary>
    public IClusterClient Client => (IClusterClient)_client!.Services.GetService(typeof(IClusterClient))!;

    public IEnumerable<Node> Silos => Stories.Concat(Gpus);

    public IEnumerable<Node> All => Silos.Concat(Gateways);

    /// <summary>The first operator's password.</summary>
    public string Password => Gateways.Select(gateway => gateway.Password).First(password => password is not null)!;

    /// <summary>Connection string that leads to the database without any cable.</summary>
    public string Direct => new NpgsqlConnectionStringBuilder(_server) { Database = _database, Pooling = false }.ConnectionString;

    /// <summary>Builds it up and waits until everything serves, or skips the test and says why.</summary>
    /// <param name="stories">Silos that hold sessions.</param>
    /// <param name="gpus">Silos that write.</param>
    /// <param name="gateways">Gateways.</param>
    /// <param name="build">The folder of the programs; this build's when left out.</param>
    public static async Task<Venue> OpenOrSkipAsync(int stories = 2, int gpus = 1, int gateways = 2, string? build = null)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Processes are stalled and stopped with Linux's signals.");
        if (Environment.GetEnvironmentVariable("STORY_TEST_POSTGRES") is not { Length: > 0 } server)
        {
            Assert.Skip("STORY_TEST_POSTGRES is not set; Tests/with-postgres starts a PostgreSQL and sets it.");
            throw new InvalidOperationException();
        }

        if (Environment.GetEnvironmentVariable(Restart) is not { Length: > 0 })
            Assert.Skip($"{Restart} is not set: somebody's own PostgreSQL is not crashed here. Let Tests/with-postgres start one.");
        var venue = new Venue(server, build ?? AppContext.BaseDirectory);
        try
        {
            await venue.Open(stories, gpus, gateways);
            return venue;
        }
        catch
        {
            await venue.DisposeAsync();
            throw;
        }
    }

    /// <summary>The cable between a silo and the database.</summary>
    public Relay Cable(Node silo) => _cables[silo];

    /// <summary>
    /// From now on a silo and the others hear nothing of each other, and everybody still reaches the database and the gateways: a switch
    /// between two rooms has died.
    /// </summary>
    public void Part(Node silo)
    {
        foreach (var (other, between) in _between)
            between.Swallow(from => (Sockets.OwnerOf(from, Silos.Select(one => one.Id)) == silo.Id) != (other == silo));
    }

    /// <summary>Silos hear each other again.</summary>
    public void Join()
    {
        foreach (var between in _between.Values) between.Mend();
    }

    /// <summary>The silo at a port.</summary>
    public Node SiloAt(int port) => Silos.Single(silo => IsAt(silo, port));

    /// <summary>Waits until the cluster has noticed that a silo is gone; a gateway is no member of it.</summary>
    public Task NoticedAsync(Node node)
    {
        if (Gateways.Contains(node)) return Task.CompletedTask;
        var management = Client.GetGrain<IManagementGrain>(0);
        return Evening.UntilAsync(
            async () =>
            {
                try
                {
                    return (await management.GetHosts(onlyActive: true)).Keys.All(silo => !IsAt(node, silo.Endpoint.Port));
                }
                catch (Exception e) when (e is TimeoutException or OrleansException)
                {
                    // Where it was asked may be what is gone.
                    return false;
                }
            },
            $"the others to notice that {node.Name} is gone");
    }

    /// <summary>Whether a gateway, or a silo, says that it serves.</summary>
    public static async Task<bool> ServesAsync(Uri health)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(health);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>Crashes the database server and starts it again; answers how long it was away.</summary>
    public static TimeSpan RestartPostgres()
    {
        var started = Stopwatch.GetTimestamp();
        using var restart = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable(Restart)!) { UseShellExecute = false, RedirectStandardOutput = true })!;
        restart.WaitForExit();
        restart.ExitCode.ShouldBe(0, "PostgreSQL did not come back");
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>The journal as the database has it now.</summary>
    public HallJournal Journal()
    {
        using var connection = new NpgsqlConnection(Direct);
        connection.Open();
        return HallJournal.Read(connection);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_client is not null) await _client.StopAsync();
        }
        finally
        {
            // Processes go whatever a client says that lost its cluster.
            _client?.Dispose();
            foreach (var node in All) node.Dispose();
        }

        if (Model is not null) await Model.DisposeAsync();
        if (Door is not null) await Door.DisposeAsync();
        foreach (var cable in _cables.Values.Concat(_between.Values)) await cable.DisposeAsync();
        Execute(_server, $"drop database if exists {_database} with (force)");
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Open(int stories, int gpus, int gateways)
    {
        Execute(_server, $"create database {_database}");
        Tables = await OrleansSql.MakeAsync(Direct);
        Model = await SlowModel.StartAsync();
        for (var i = 0; i < stories; i++) Stories.Add(Silo("story"));
        for (var i = 0; i < gpus; i++) Gpus.Add(Silo("gpu"));
        var ports = Enumerable.Range(0, gateways).Select(_ => HallPlace.FreePort()).ToList();
        foreach (var port in ports) Gateways.Add(Gateway(port));
        Door = new Relay(HallPlace.FreePort(), [.. ports.Select(port => (EndPoint)new IPEndPoint(IPAddress.Loopback, port))]);
        foreach (var node in All) node.Start();
        foreach (var node in All) await node.ReadyAsync();
        _client = await ClientAsync();
    }

    private Node Silo(string role)
    {
        var (port, clients, health) = (HallPlace.FreePort(), HallPlace.FreePort(), HallPlace.FreePort());
        var cable = new Relay(0, Socket());
        // An earlier build may not know the setting; it listens where others are told that it is.
        var listens = _build == AppContext.BaseDirectory ? HallPlace.FreePort() : port;
        var node = new Node(
            Invariant($"{role}-{port}"), Beside("Orleans.Story.Silo.dll"), [],
            Settings(
                Through(cable), ("Models__0__Url", Model.Url.ToString()), ("Models__0__Model", "parrot"), ("Roles", role),
                ("SiloPort", Invariant($"{port}")), ("SiloListenPort", Invariant($"{listens}")), ("SiloGatewayPort", Invariant($"{clients}")), ("HealthPort", Invariant($"{health}"))),
            "joined cluster");
        _cables[node] = cable;
        if (listens != port) _between[node] = new Relay(port, new IPEndPoint(IPAddress.Loopback, listens));
        return node;
    }

    private Node Gateway(int port) => new(
        Invariant($"gateway-{port}"), Beside("Orleans.Story.Gateway.dll"),
        ["--bind", "127.0.0.1", "--port", Invariant($"{port}"), "--data", Path.Combine(_folder, Invariant($"gateway-{port}"))],
        Settings(Direct, ("Films", Path.Combine(AppContext.BaseDirectory, "Film"))), "Ctrl+C");

    private Dictionary<string, string> Settings(string connection, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string>
        {
            ["Story__Topology"] = "cluster", ["Story__Postgres"] = connection, ["Story__PassKey"] = _key, ["Story__SiloAddress"] = "127.0.0.1",
            // A start is mostly compiling; what makes long lives fast costs short ones.
            ["DOTNET_TieredPGO"] = "0", ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_gcServer"] = "0",
        };
        foreach (var (name, value) in more) settings["Story__" + name] = value;
        return settings;
    }

    private async Task<IHost> ClientAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["Story:PassKey"] = _key;
        builder.AddStoryClient(new ClusterSettings { Postgres = Direct, Name = "story" });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private string Through(Relay cable) => new NpgsqlConnectionStringBuilder(Direct) { Host = "127.0.0.1", Port = cable.Port, Pooling = true }.ConnectionString;

    /// <summary>Where the server listens: a socket in a folder, or a port.</summary>
    private EndPoint Socket() => new NpgsqlConnectionStringBuilder(_server) is var server && server.Host!.StartsWith('/')
        ? new UnixDomainSocketEndPoint(Path.Combine(server.Host, Invariant($".s.PGSQL.{server.Port}")))
        : new DnsEndPoint(server.Host, server.Port);

    private string Beside(string program) => Path.Combine(_build, program);

    private static bool IsAt(Node silo, int port) => silo.Name.EndsWith(Invariant($"-{port}"), StringComparison.Ordinal);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Execute(string server, string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
