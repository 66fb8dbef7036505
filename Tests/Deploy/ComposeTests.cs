using System.Globalization;
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
    }

    /// <summary>
    /// <c>docker compose pull</c> passes over a service whose policy is <c>never</c>; of the others it passes over those with a
    /// <c>build</c> of their own at most, and one image that nobody can pull cancels all.
    /// </summary>
    [Fact]
    public void An_image_of_ours_is_never_asked_for_elsewhere()
    {
        static bool IsOurs(Node service) => service["image"].Text.StartsWith("orleans-story-", StringComparison.Ordinal);
        var ours = Services.Where(pair => IsOurs(pair.Service)).ToList();
        ours.Count.ShouldBe(7);
        foreach (var (name, service) in ours) service["pull_policy"].Text.ShouldBe("never", name);
        foreach (var (name, service) in ours.Where(pair => !pair.Service["build"].IsThere))
            ours.Any(pair => pair.Service["build"].IsThere && pair.Service["image"].Text == service["image"].Text).ShouldBeTrue($"nobody builds the image of {name}");
        foreach (var (name, service) in Services.Where(pair => !IsOurs(pair.Service))) service["pull_policy"].IsThere.ShouldBeFalse(name);
    }

    /// <summary>What an operator would have to edit in a tracked file stops the checkout of the next version.</summary>
    [Fact]
    public void What_differs_from_site_to_site_stands_in_the_environment_file()
    {
        var prepare = Checkout.Read("deploy/compose/prepare");
        foreach (var file in Checkout.Deployed(".yaml").Where(file => file.Contains("/compose/", StringComparison.Ordinal)))
        {
            var text = Checkout.Read(file);
            foreach (Match asked in Variable().Matches(text)) prepare.ShouldContain("\n" + asked.Groups["name"].Value + "=", Case.Sensitive, file);
            // No address but by its variable, whose value it is by default.
            Address().Matches(text).Select(match => match.Value).Where(address => !text.Contains("_NET:-" + address, StringComparison.Ordinal)).ShouldBeEmpty(file);
        }

        Checkout.Read("deploy/compose/haproxy/base.cfg").ShouldContain("acl in-front src \"${TLS_IN_FRONT[*]}\"");
    }

    /// <summary>The limits bound what programs may take; whoever starts them is told the sum.</summary>
    [Theory]
    [InlineData("deploy/README.md")]
    [InlineData("deploy/README.zh-CN.md")]
    public void The_page_names_the_memory_that_the_limits_add_up_to(string page)
    {
        var limits = Services.Where(pair => !Jobs.Contains(pair.Name)).ToLookup(pair => Main["services"][pair.Name].IsThere, pair => Megabytes(pair.Service["deploy"]["resources"]["limits"]["memory"].Text));
        var (cluster, telemetry) = (limits[true].Sum() / 1024, limits[false].Sum() / 1024);
        Checkout.Read(page).ShouldContain($"{cluster} GB");
        Checkout.Read(page).ShouldContain($"{telemetry} GB");
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
        foreach (var (name, _) in Main["services"]["proxy"]["environment"].Pairs) proxy.ShouldContain($"\"${{{name}");
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
        foreach (var inFront in (string[])["255.255.255.255", "192.168.1.9 10.0.3.0/24"])
        {
            gateways["TLS_IN_FRONT"] = inFront;
            var (code, output) = await Shell.RunAsync("haproxy", ["-c", "-f", Path.Combine(folder, "base.cfg"), "-f", Path.Combine(folder, "http.cfg")], gateways);
            code.ShouldBe(0, output);
        }
    }

    private static int Megabytes(string text) => int.Parse(text[..^1], CultureInfo.InvariantCulture) * (text[^1] == 'g' ? 1024 : 1);

    [GeneratedRegex(@"\b172\.\d+\.\d+", RegexOptions.None, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\$\{(?<name>STORY_\w+)", RegexOptions.None, 1000)]
    private static partial Regex Variable();
}
