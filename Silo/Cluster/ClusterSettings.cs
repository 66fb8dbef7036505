using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Orleans.Story.Contracts;

namespace Orleans.Story.Silo.Cluster;

/// <summary>What a process must know to be part of a cluster. Everything is refused at the start or not at all.</summary>
public sealed record ClusterSettings
{
    /// <summary>Connection string of the venue's PostgreSQL, <c>Story:Postgres</c>: journal, tables, grain state, reminders, membership.</summary>
    public required string Postgres { get; init; }

    /// <summary>Name of the cluster, <c>Story:Cluster</c>: several may share a database server, never a database.</summary>
    public required string Name { get; init; }

    /// <summary>What this silo does, <c>Story:Roles</c>.</summary>
    public StoryRoles Roles { get; init; } = StoryRoles.Story;

    /// <summary>Port for other silos, <c>Story:SiloPort</c>.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Port for gateways, <c>Story:SiloGatewayPort</c>; unused without the role <see cref="StoryRoles.Story"/>.</summary>
    public int ClientPort { get; init; } = 30000;

    /// <summary>
    /// Port it listens on for other silos, <c>Story:SiloListenPort</c>, where a port mapping lies between and they reach it at
    /// <see cref="SiloPort"/>; then on every address of the machine, since <see cref="Address"/> need not be one of them.
    /// </summary>
    public int? SiloListenPort { get; init; }

    /// <summary>The same for gateways, <c>Story:SiloGatewayListenPort</c>.</summary>
    public int? ClientListenPort { get; init; }

    /// <summary>Port of <c>/healthz</c> and <c>/readyz</c>, <c>Story:HealthPort</c>; 0 picks a free one.</summary>
    public int HealthPort { get; init; } = 8081;

    /// <summary>The address other processes reach this silo at, <c>Story:SiloAddress</c>; the machine's own when left out.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>
    /// Whether silos keep figures for Orleans's dashboard and gateways show it to admins, <c>Story:Dashboard</c>. It costs every grain
    /// call a look at a clock, so it is off unless wanted.
    /// </summary>
    public bool Dashboard { get; init; }

    /// <summary>Reads them.</summary>
    /// <exception cref="HallRefusedException">One is missing, or cannot be meant.</exception>
    public static ClusterSettings Read(IConfiguration configuration)
    {
        var hall = configuration.GetSection("Story");
        return new ClusterSettings
        {
            Postgres = Connection(hall["Postgres"]),
            Name = NameOf(hall["Cluster"] ?? "story"),
            Roles = RolesOf(hall["Roles"] ?? "story"),
            SiloPort = Port(hall, "SiloPort", 11111),
            ClientPort = Port(hall, "SiloGatewayPort", 30000),
            SiloListenPort = Port(hall, "SiloListenPort"),
            ClientListenPort = Port(hall, "SiloGatewayListenPort"),
            HealthPort = Port(hall, "HealthPort", 8081),
            Address = AddressOf(hall["SiloAddress"]),
            Dashboard = string.Equals(hall["Dashboard"], "true", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>Where a silo of this machine answers how it does.</summary>
    public static int PortOfHealth(IConfiguration configuration) => Port(configuration.GetSection("Story"), "HealthPort", 8081);

    private static string Connection(string? text)
    {
        if (text is not { Length: > 0 })
            throw new HallRefusedException(Text.Both(
                "Story:Postgres is not set. A cluster keeps everything in PostgreSQL: 'Host=db;Username=story;Password=…;Database=story'.",
                "没有设置 Story:Postgres。集群的一切都存放在 PostgreSQL 里：“Host=db;Username=story;Password=…;Database=story”。"));
        try
        {
            if (new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0 }) return text;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // Said below, without the text: it holds a password.
        }

        throw new HallRefusedException(Text.Both(
            "Story:Postgres is no connection string with a Host. It looks like 'Host=db;Username=story;Password=…;Database=story'.",
            "Story:Postgres 不是带 Host 的连接字符串。它形如“Host=db;Username=story;Password=…;Database=story”。"));
    }

    private static string NameOf(string name) => name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        ? name
        : throw new HallRefusedException(Text.Both(
            $"Story:Cluster is '{name}'; a cluster's name has 1 to 40 small letters, digits and hyphens.",
            $"Story:Cluster 是“{name}”；集群名称须为 1 到 40 个小写字母、数字和连字符。"));

    private static StoryRoles RolesOf(string text)
    {
        var roles = StoryRoles.None;
        foreach (var role in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            roles |= role switch
            {
                "story" => StoryRoles.Story,
                "gpu" => StoryRoles.Gpu,
                _ => throw Unknown(text),
            };
        }

        return roles == StoryRoles.None ? throw Unknown(text) : roles;

        static HallRefusedException Unknown(string text) => new(Text.Both(
            $"Story:Roles is '{text}'. There are 'story' (sessions, audiences, films, viewers) and 'gpu' (one inference worker), or both with a comma.",
            $"Story:Roles 是“{text}”。可用的有“story”（场次、观众、影片）和“gpu”（一个推理工作者），或用逗号写上两者。"));
    }

    private static int Port(IConfigurationSection hall, string name, int otherwise) => Port(hall, name) ?? otherwise;

    private static int? Port(IConfigurationSection hall, string name) => hall[name] is not { } text
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535
            ? port
            : throw new HallRefusedException(Text.Both(
                $"Story:{name} is '{text}'; a port is a number up to 65535.",
                $"Story:{name} 是“{text}”；端口是不大于 65535 的数字。"));

    private static IPAddress? AddressOf(string? text) => text is not { Length: > 0 }
        ? null
        : IPAddress.TryParse(text, out var address)
            ? address
            : throw new HallRefusedException(Text.Both(
                $"Story:SiloAddress is '{text}'; it is the IP address at which the other silos and the gateways reach this one.",
                $"Story:SiloAddress 是“{text}”；它是其他 silo 和网关访问本机所用的 IP 地址。"));
}
