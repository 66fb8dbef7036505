using System.Text.RegularExpressions;
using Orleans.Story.Tests.Deploy.Support;

namespace Orleans.Story.Tests.Deploy;

/// <summary>The Compose files hang together.</summary>
public sealed partial class ComposeTests
{
    private static readonly string[] Jobs = ["database", "films"];

    private static readonly Node Main = Node.Load("deploy/compose/compose.yaml").Single();

    /// <summary>Each file's services, and which of the main one's it only adds to.</summary>
    private static IEnumerable<(string Name, Node Service)> Services => Checkout.Deployed(".yaml")
        .Where(file => file.Contains("/compose/compose", StringComparison.Ordinal))
        .SelectMany(file => Node.Load(file).Single()["services"].Pairs)
        .Where(pair => pair.Value["image"].IsThere);

    [Fact]
    public void It_is_a_database_two_story_silos_one_gpu_silo_two_gateways_and_a_proxy() =>
        Main["services"].Pairs.Select(pair => pair.Key).Order().ShouldBe(["database", "films", "gateway-1", "gateway-2", "gpu-1", "postgres", "proxy", "story-1", "story-2"]);

    [Fact]
    public void Everything_is_confined_bounded_and_started_again()
    {
        foreach (var (name, service) in Services)
        {
            service["read_only"].Text.ShouldBe("true", name);
            service["cap_drop"].Select(one => one.Text).ShouldBe(["ALL"], name);
            service["security_opt"].Select(one => one.Text).ShouldContain("no-new-privileges:true", name);
            service["logging"]["driver"].Text.ShouldBe("local", name);
            service["stop_grace_period"].Text.ShouldNotBeEmpty(name);
            service["deploy"]["resources"]["limits"]["memory"].Text.ShouldNotBeEmpty(name);
            service["deploy"]["resources"]["limits"]["cpus"].Text.ShouldNotBeEmpty(name);
            service["restart"].Text.ShouldBe(Jobs.Contains(name) ? "on-failure" : "unless-stopped", name);
            // PostgreSQL's entrypoint is root until it has given the data folder to its own user.
            if (name != "postgres") service["user"].Text.ShouldNotBeOneOf("", "0", "root");
            service["healthcheck"].IsThere.ShouldBeTrue(name);
            if (!Jobs.Contains(name) && name != "collector") service["healthcheck"]["test"].IsThere.ShouldBeTrue(name);
        }
    }

    [Fact]
    public void What_a_service_takes_is_there()
    {
        foreach (var (name, service) in Main["services"].Pairs)
        {
            foreach (var secret in service["secrets"]) Main["secrets"].Pairs.Select(pair => pair.Key).ShouldContain(secret["source"].IsThere ? secret["source"].Text : secret.Text, name);
            foreach (var other in service["depends_on"].Pairs.Select(pair => pair.Key).Concat(service["depends_on"].Select(one => one.Text))) Main["services"][other].IsThere.ShouldBeTrue($"{name} waits for {other}");
            foreach (var network in service["networks"].Pairs.Select(pair => pair.Key).Concat(service["networks"].Select(one => one.Text))) Main["networks"][network].IsThere.ShouldBeTrue(name);
            foreach (var volume in service["volumes"].Select(one => one.Text.Split(':')[0]))
            {
                if (volume.StartsWith('.')) Path.Exists(Checkout.At("deploy", "compose", volume)).ShouldBeTrue($"{name} mounts {volume}");
                else Main["volumes"].Pairs.Select(pair => pair.Key).ShouldContain(volume, name);
            }
        }

        foreach (var (_, secret) in Main["secrets"].Pairs)
            Checkout.Read("deploy/compose/prepare").ShouldContain(Path.GetFileName(secret["file"].Text));
        foreach (Match asked in Variable().Matches(Checkout.Read("deploy/compose/compose.yaml")))
            Checkout.Read("deploy/compose/prepare").ShouldContain(asked.Groups["name"].Value + "=");
    }

    [Fact]
    public void Addresses_that_are_told_are_those_that_are_given()
    {
        var services = Main["services"];
        services["gateway-1"]["environment"]["Story__Proxies__0"].Text.ShouldBe(services["proxy"]["networks"]["front"]["ipv4_address"].Text);
        foreach (var name in (string[])["story-1", "story-2", "gpu-1"])
            services[name]["environment"]["Story__SiloAddress"].Text.ShouldBe(services[name]["networks"]["cluster"]["ipv4_address"].Text, name);
        services.Pairs.Select(pair => pair.Value["networks"]["cluster"]["ipv4_address"].Text).Where(address => address.Length > 0).ShouldBeUnique();
    }

    [Fact]
    public void Nothing_but_the_proxy_is_published()
    {
        Main["services"].Pairs.Where(pair => pair.Value["ports"].IsThere).Select(pair => pair.Key).ShouldBe(["proxy"]);
        Node.Load("deploy/compose/compose.telemetry.yaml").Single()["services"].Pairs.SelectMany(pair => pair.Value["ports"]).ShouldAllBe(port => port.Text.StartsWith("127.0.0.1:", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_receipt_rests_on_stays_on()
    {
        var backend = Checkout.Read("Storage/Postgres/PostgresBackend.cs");
        foreach (var setting in (string[])["synchronous_commit", "fsync", "full_page_writes"])
        {
            backend.ShouldContain($"Check(connection, \"{setting}\")");
            Main["services"]["postgres"]["command"].Select(word => word.Text).ShouldContain($"{setting}=on");
            Kubernetes.Of("StatefulSet").Single().Containers().Single()["args"].Select(word => word.Text).ShouldContain($"{setting}=on");
        }
    }

    [Fact]
    public void The_proxy_does_what_it_must()
    {
        var proxy = Checkout.Read("deploy/compose/haproxy/base.cfg");
        foreach (var line in (string[])["option redispatch 1", "retry-on conn-failure", "timeout tunnel", "set-header X-Forwarded-For %[src]", "on-marked-down shutdown-sessions", "balance leastconn"]) proxy.ShouldContain(line);
        foreach (var (name, _) in Main["services"]["proxy"]["environment"].Pairs) proxy.ShouldContain($"${{{name}}}");
        // What keeps two directors from writing one draft at once is a lock within one process.
        foreach (var file in (string[])["http.cfg", "https.cfg"]) Checkout.Read($"deploy/compose/haproxy/{file}").ShouldContain("use_backend drafts if { path /api/drafts } || { path_beg /api/drafts/ }");
        var drafts = proxy[proxy.IndexOf("backend drafts", StringComparison.Ordinal)..];
        drafts[..drafts.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n').Count(line => line.TrimStart().StartsWith("server ", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task The_proxys_configuration_is_one_that_it_takes()
    {
        Shell.NeedsOrSkip("haproxy");
        var folder = Checkout.At("deploy", "compose", "haproxy");
        var gateways = new Dictionary<string, string> { ["GATEWAY_1"] = "127.0.0.1:5080", ["GATEWAY_2"] = "127.0.0.1:5080" };
        var (code, output) = await Shell.RunAsync("haproxy", ["-c", "-f", Path.Combine(folder, "base.cfg"), "-f", Path.Combine(folder, "http.cfg")], gateways);
        code.ShouldBe(0, output);
    }

    [GeneratedRegex(@"\$\{(?<name>STORY_\w+)", RegexOptions.None, 1000)]
    private static partial Regex Variable();
}
