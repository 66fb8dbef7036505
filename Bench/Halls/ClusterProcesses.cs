using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Orleans.Story.Bench.Running;

namespace Orleans.Story.Bench.Halls;

/// <summary>
/// What a gateway needs behind it in a cluster: a database of its own on the PostgreSQL that <c>STORY_TEST_POSTGRES</c> names, one story
/// silo and one gpu silo, programs of their own on the server's core.
/// </summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _server;
    private readonly string _database = $"bench_{Guid.NewGuid():N}";
    private readonly List<Child> _silos = [];

    private ClusterProcesses(string server) => _server = server;

    /// <summary>What <see cref="Pids"/> are.</summary>
    public static IReadOnlyList<string> Names { get; } = ["story silo", "gpu silo", "PostgreSQL"];

    /// <summary>Settings that make a gateway this cluster's.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Processes whose time is read, in the order of <see cref="Names"/>.</summary>
    public int[] Pids { get; private set; } = [];

    private string Connection => new NpgsqlConnectionStringBuilder(_server) { Database = _database }.ConnectionString;

    /// <summary>Makes the database and starts the silos.</summary>
    /// <exception cref="IOException">There is no PostgreSQL, or a program does not start.</exception>
    public static async Task<ClusterProcesses> Start(CancellationToken stop)
    {
        if (Environment.GetEnvironmentVariable("STORY_TEST_POSTGRES") is not { Length: > 0 } server)
            throw new IOException("STORY_TEST_POSTGRES is not set. Run the bench through Tests/with-postgres, which starts a PostgreSQL and sets it.");
        if (!File.Exists(Programs.Silo)) throw new IOException($"The silo is not built: {Programs.Silo} is missing. Build it with StoryEngine=orleans dotnet build -c Release Bench.");
        var cluster = new ClusterProcesses(server);
        try
        {
            await cluster.Open(stop);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Transactions committed in the database so far.</summary>
    public async Task<long> Commits(CancellationToken stop) => (long)(await Scalar($"select xact_commit from pg_stat_database where datname = '{_database}'", stop))!;

    /// <summary>Beats of all sessions that were told so far, or are being told.</summary>
    public async Task<long> Beats(CancellationToken stop) => (long)(await Scalar("select count(distinct (stream, convert_from(body, 'UTF8')::jsonb -> 'beat')) from journal where type = 'LineAired'", stop, Connection))!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos) await silo.DisposeAsync();
        await Scalar($"drop database if exists {_database} with (force)", CancellationToken.None);
    }

    private async Task Open(CancellationToken stop)
    {
        await Scalar($"create database {_database}", stop);
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[
            ("Topology", "cluster"), ("Postgres", Connection), ("PassKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))), ("SiloAddress", "127.0.0.1")])
        {
            Settings["Story__" + name] = value;
        }

        string[] sql = Environment.GetEnvironmentVariable("STORY_ORLEANS_SQL") is { Length: > 0 } folder ? ["--sql", folder] : [];
        await using (var database = new Child("the database's preparation", Cores.Start(Cores.Server, Programs.DotNet, [Programs.Silo, "database", .. sql], Settings)))
        {
            await database.Line(line => line.Contains("database", StringComparison.OrdinalIgnoreCase), Patience, stop);
        }

        foreach (var role in (string[])["story", "gpu"]) _silos.Add(Silo(role));
        foreach (var silo in _silos) await silo.Line(line => line.Contains("joined cluster", StringComparison.Ordinal), Patience, stop);
        Pids = [.. _silos.Select(silo => silo.Pid), await Postmaster(stop)];
    }

    private Child Silo(string role)
    {
        var settings = new Dictionary<string, string>(Settings) { ["Story__Roles"] = role };
        foreach (var port in (string[])["SiloPort", "SiloGatewayPort", "HealthPort"]) settings["Story__" + port] = Programs.FreePort().ToString(CultureInfo.InvariantCulture);
        return new Child($"the {role} silo", Cores.Start(Cores.Server, Programs.DotNet, [Programs.Silo], settings));
    }

    /// <summary>The parent of whichever process serves a connection.</summary>
    private async Task<int> Postmaster(CancellationToken stop)
    {
        var backend = Convert.ToInt32(await Scalar("select pg_backend_pid()", stop), CultureInfo.InvariantCulture);
        var fields = (await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{backend}/stat"), stop)).Split(") ")[1].Split(' ');
        return int.Parse(fields[1], CultureInfo.InvariantCulture);
    }

    private async Task<object?> Scalar(string sql, CancellationToken stop, string? where = null)
    {
        try
        {
            // Pooled, so that the backend that answered is still there when its parent is looked up.
            await using var connection = new NpgsqlConnection(where ?? _server);
            await connection.OpenAsync(stop);
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(stop);
        }
        catch (NpgsqlException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
