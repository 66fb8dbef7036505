using System.Net;
using Microsoft.Extensions.Configuration;
using Orleans.Story.Silo;
using Orleans.Story.Silo.Cluster;
using Orleans.Story.Silo.Engines;

namespace Orleans.Story.Tests.Grains;

public sealed class ClusterSettingsTests
{
    private const string Postgres = "Host=db;Username=story;Password=secret;Database=story";

    [Fact]
    public void What_is_not_said_has_a_default()
    {
        var settings = ClusterSettings.Read(Configured(("Postgres", Postgres)));
        settings.Postgres.ShouldBe(Postgres);
        settings.Name.ShouldBe("story");
        settings.Roles.ShouldBe(StoryRoles.Story);
        (settings.SiloPort, settings.ClientPort, settings.HealthPort).ShouldBe((11111, 30000, 8081));
        (settings.SiloListenPort, settings.ClientListenPort).ShouldBe((null, null));
        settings.Address.ShouldBeNull();
        settings.Dashboard.ShouldBeFalse();
    }

    [Fact]
    public void Everything_can_be_said()
    {
        var settings = ClusterSettings.Read(Configured(
            ("Postgres", Postgres), ("Cluster", "north-1"), ("Roles", "story, gpu"), ("SiloPort", "1"), ("SiloGatewayPort", "2"), ("HealthPort", "0"),
            ("SiloListenPort", "3"), ("SiloGatewayListenPort", "4"), ("SiloAddress", "10.0.0.7"), ("Dashboard", "true")));
        settings.Name.ShouldBe("north-1");
        settings.Roles.ShouldBe(StoryRoles.All);
        (settings.SiloPort, settings.ClientPort, settings.HealthPort).ShouldBe((1, 2, 0));
        (settings.SiloListenPort, settings.ClientListenPort).ShouldBe((3, 4));
        settings.Address.ShouldBe(IPAddress.Parse("10.0.0.7"));
        settings.Dashboard.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Postgres", "", "Postgres")]
    [InlineData("Postgres", "nonsense", "Postgres")]
    [InlineData("Postgres", "Username=story;Password=secret", "Postgres")]
    [InlineData("Postgres", "Host=db;Wrong=1;Password=secret", "Postgres")]
    [InlineData("Cluster", "North", "North")]
    [InlineData("Cluster", "", "Cluster")]
    [InlineData("Roles", "storey", "storey")]
    [InlineData("Roles", ",", "Roles")]
    [InlineData("SiloPort", "65536", "65536")]
    [InlineData("HealthPort", "-1", "-1")]
    [InlineData("SiloListenPort", "any", "any")]
    [InlineData("SiloAddress", "silo-1", "silo-1")]
    public void What_cannot_be_meant_is_refused_in_both_languages_and_tells_no_password(string name, string value, string says)
    {
        var refused = Should.Throw<HallRefusedException>(() => ClusterSettings.Read(Configured(("Postgres", Postgres), (name, value))));
        foreach (var language in (string[])["en", "zh"])
        {
            refused.Sentence.In(language).ShouldContain(says);
            refused.Sentence.In(language).ShouldNotContain("secret");
        }

        refused.Sentence.In("zh").ShouldNotBe(refused.Sentence.In("en"));
    }

    [Fact]
    public void A_topology_that_nobody_knows_is_refused() =>
        Should.Throw<HallRefusedException>(() => Topology.IsCluster(Configured(("Topology", "ring")))).Sentence.In("zh").ShouldContain("ring");

    [Fact]
    public void One_process_is_what_nobody_asks_for() => Topology.IsCluster(Configured()).ShouldBeFalse();

    [Fact]
    public void A_cluster_needs_the_engine_that_makes_them()
    {
        if (Engine.MakesClusters) Topology.IsCluster(Configured(("Topology", "cluster"))).ShouldBeTrue();
        else Should.Throw<HallRefusedException>(() => Topology.IsCluster(Configured(("Topology", "cluster")))).Message.ShouldContain("StoryEngine=orleans");
    }

    private static IConfiguration Configured(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.GroupBy(setting => setting.Name).Select(last => KeyValuePair.Create<string, string?>("Story:" + last.Key, last.Last().Value))).Build();
}
