using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orleans.Story.Tests.Deploy.Support;

namespace Orleans.Story.Tests.Deploy;

/// <summary>What the files say to the programs is something the programs understand.</summary>
public sealed partial class SettingTests
{
    /// <summary>Variables that others read: PostgreSQL's image, Grafana, .NET, OpenTelemetry's exporter, the proxy's configuration, and this folder's own commands.</summary>
    private static readonly string[] Foreign =
    [
        "POSTGRES_PASSWORD_FILE", "POSTGRES_INITDB_ARGS", "PGDATA", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_METRIC_EXPORT_INTERVAL",
        "ASPNETCORE_FORWARDEDHEADERS_ENABLED", "GATEWAY_1", "GATEWAY_2", "TLS_IN_FRONT", "STORY_SILOS", "STORY_LANGUAGE", "GF_SECURITY_ADMIN_PASSWORD__FILE", "GF_ANALYTICS_REPORTING_ENABLED",
        "GF_ANALYTICS_CHECK_FOR_UPDATES",
    ];

    [Fact]
    public void Every_file_can_be_parsed()
    {
        foreach (var file in Checkout.Deployed(".yaml", ".example").Where(file => !file.EndsWith(".env.example", StringComparison.Ordinal)))
            Node.Load(file).ShouldNotBeEmpty(file);
        foreach (var file in Checkout.Deployed(".json"))
            Should.NotThrow(() => JsonDocument.Parse(Checkout.Read(file)).Dispose(), file);
    }

    [Fact]
    public void Every_setting_is_one_that_a_program_reads()
    {
        foreach (var (file, name) in Variables())
        {
            if (Foreign.Contains(name)) continue;
            name.ShouldStartWith("Story__", Case.Sensitive, file);
            foreach (var part in name.Split("__").Skip(1).Where(part => !part.All(char.IsAsciiDigit)))
                Regex.IsMatch(Checkout.Source, $"[\":]{part}\"", RegexOptions.None, TimeSpan.FromSeconds(10)).ShouldBeTrue($"{file} sets {name}, and no source reads \"{part}\"");
        }
    }

    [Fact]
    public void The_secret_holds_what_a_process_of_a_cluster_refuses_to_be_without()
    {
        var example = Node.Load("deploy/kubernetes/secret.example").Single();
        foreach (var json in (string[])[example["stringData"]["story.json"].Text, Fenced(Checkout.Read("deploy/compose/prepare"), "<<JSON\n", "\nJSON")])
        {
            var story = JsonDocument.Parse(json).RootElement.GetProperty("Story");
            story.EnumerateObject().Select(one => one.Name).ShouldBe(["Postgres", "PassKey"]);
        }
    }

    [Fact]
    public void Ports_are_the_programs_own()
    {
        var silo = Checkout.Read("Silo/Cluster/ClusterSettings.cs");
        var gateway = Checkout.Read("Gateway/Hosting/GatewayOptions.cs");
        string[] ofSilo = ["11111", "30000", "8081"];
        foreach (var port in ofSilo) silo.ShouldContain($"= {port};");
        gateway.ShouldContain("Port { get; init; } = 5080;");
        Checkout.Read("deploy/docker/silo.Dockerfile").ShouldContain($"EXPOSE {string.Join(' ', ofSilo)}");
        Checkout.Read("deploy/docker/gateway.Dockerfile").ShouldContain("EXPOSE 5080");

        var config = Kubernetes.Of("ConfigMap").Single(map => map.Name() == "story")["data"];
        ((string[])["Story__SiloPort", "Story__SiloGatewayPort", "Story__HealthPort"]).Select(name => config[name].Text).ShouldBe(ofSilo);
        foreach (var (workload, container) in Kubernetes.Workloads.SelectMany(workload => workload.Containers(), (workload, one) => (workload.Name(), one)).Where(pair => pair.one["ports"].IsThere))
        {
            string[] expected = container["name"].Text switch
            {
                // Gateways come in at silos that hold sessions alone.
                "silo" when workload == "gpu-silos" => ["11111", "8081"],
                "silo" => ofSilo,
                "gateway" => ["5080"],
                "postgres" => ["5432"],
                var other => throw new InvalidOperationException(other),
            };
            container["ports"].Select(port => port["containerPort"].Text).ShouldBe(expected);
        }

        var compose = Node.Load("deploy/compose/compose.yaml").Single()["services"];
        compose["proxy"]["environment"].Pairs.Where(pair => pair.Key.StartsWith("GATEWAY_", StringComparison.Ordinal)).Select(pair => pair.Value.Text).ShouldBe(["gateway-1:5080", "gateway-2:5080"]);
        compose["gateway-1"]["command"].Select(word => word.Text).ShouldContain("5080");
    }

    [Fact]
    public void Probes_ask_what_the_programs_answer()
    {
        var paths = Kubernetes.Workloads.SelectMany(workload => workload.Containers())
            .SelectMany(container => (Node[])[container["startupProbe"], container["livenessProbe"], container["readinessProbe"]])
            .Select(probe => probe["httpGet"]["path"].Text).Where(path => path.Length > 0).ToList();
        paths.Distinct().Order().ShouldBe(["/healthz", "/readyz"]);
        Checkout.Read("deploy/compose/haproxy/base.cfg").ShouldContain("option httpchk GET /healthz");
        foreach (var source in (string[])["Silo/Hosting/SiloHost.cs", "Gateway/Api/HallApi.cs"])
        {
            foreach (var path in paths.Distinct()) Checkout.Read(source).ShouldContain($"MapGet(\"{path}\"");
        }
    }

    [Fact]
    public void Commands_and_options_are_the_programs_own()
    {
        var words = Checkout.Deployed().Where(file => file.EndsWith(".yaml", StringComparison.Ordinal) || file.EndsWith("Dockerfile", StringComparison.Ordinal))
            .SelectMany(file => Arguments().Matches(Checkout.Read(file)).SelectMany(match => Words().Matches(match.Groups["words"].Value)), (_, word) => word.Groups["word"].Value)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var option in (string[])["--settings", "--sql", "--port", "--data", "--origin", "database", "health"])
        {
            words.ShouldContain(option);
            Checkout.Source.ShouldContain($"\"{option}\"");
        }
    }

    [Fact]
    public void An_orchestrator_waits_longer_than_a_program_takes_to_stop()
    {
        var (silo, gateway) = (StopsWithin("Silo/Hosting/SiloHost.cs"), StopsWithin("Gateway/Hosting/GatewayHost.cs"));
        foreach (var workload in Kubernetes.Workloads)
        {
            foreach (var container in workload.Containers())
            {
                var before = Number(container["lifecycle"]["preStop"]["sleep"]["seconds"].Text);
                var takes = container["name"].Text switch { "silo" => silo, "gateway" => gateway, _ => 0 };
                Number(workload.Pod()["terminationGracePeriodSeconds"].Text).ShouldBeGreaterThan(before + takes, workload.Name());
            }
        }

        foreach (var (name, service) in Node.Load("deploy/compose/compose.yaml").Single()["services"].Pairs)
        {
            var takes = name.StartsWith("story-", StringComparison.Ordinal) || name.StartsWith("gpu-", StringComparison.Ordinal) ? silo : name.StartsWith("gateway-", StringComparison.Ordinal) ? gateway : 0;
            Number(service["stop_grace_period"].Text.TrimEnd('s')).ShouldBeGreaterThan(takes, name);
        }
    }

    /// <summary>Kubernetes puts <c>$(NAME)</c> into arguments from the container's own environment, and leaves what is not there as it is.</summary>
    [Fact]
    public void An_argument_that_names_a_variable_has_it()
    {
        foreach (var container in Kubernetes.Workloads.SelectMany(workload => workload.Containers()))
        {
            var there = container["envFrom"].SelectMany(from => Kubernetes.Of("ConfigMap").Single(map => map.Name() == from["configMapRef"]["name"].Text)["data"].Pairs).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var word in container["args"].Select(one => one.Text).Where(word => word.StartsWith("$(", StringComparison.Ordinal))) there.ShouldContain(word[2..^1]);
        }
    }

    /// <summary>A pool that is full waits, and a database that is full refuses: each process's pools at once, with one more of each while a new version comes.</summary>
    [Fact]
    public void The_trials_database_takes_all_connections_that_the_manifests_can_open()
    {
        var engine = Checkout.Read("Silo/Engines/orleans/Engine.Cluster.cs");
        var (provider, readers) = (Number(Constant("ProviderPool", engine)), Number(Constant("ReaderPoolSize", Checkout.Read("Storage/Postgres/PostgresBackend.cs"))));
        var client = engine.IndexOf("void AddClusterClient", StringComparison.Ordinal);
        int Providers(string part) => part.Split("= (Npgsql, Connection(settings,").Length - 1;
        var silo = 1 + readers + provider * Providers(engine[..client]);
        var gateway = 1 + readers + provider * Providers(engine[client..]);
        (silo, gateway).ShouldBe((41, 25), "as the page says");

        var sum = Kubernetes.Workloads.Where(workload => workload["kind"].Text == "Deployment").Sum(workload =>
            (Number(workload["spec"]["replicas"].Text) + Number(workload["spec"]["strategy"]["rollingUpdate"]["maxSurge"].Text)) * (workload.Containers().Any(container => container["name"].Text == "silo") ? silo : gateway));
        foreach (var page in (string[])["deploy/README.md", "deploy/README.zh-CN.md"]) Checkout.Read(page).ShouldContain($"= {sum}", Case.Sensitive, page);
        Allowed(Kubernetes.Of("StatefulSet").Single().Containers().Single()["args"]).ShouldBeGreaterThan(sum + 20);

        var services = Node.Load("deploy/compose/compose.yaml").Single()["services"];
        var inPlace = services.Pairs.Count(pair => pair.Value["environment"]["Story__Roles"].IsThere) * silo + services.Pairs.Count(pair => pair.Value["environment"]["Story__Films"].IsThere) * gateway;
        Allowed(services["postgres"]["command"]).ShouldBeGreaterThan(inPlace + gateway + 20, "and a gateway that resets a password");

        static int Allowed(Node command) => Number(command.Select(word => word.Text).Single(word => word.StartsWith("max_connections=", StringComparison.Ordinal)).Split('=')[1]);
        static string Constant(string name, string source) => Regex.Match(source, $@"const int {name} = (?<value>\d+);", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["value"].Value;
    }

    [Fact]
    public void Phones_are_told_one_address_everywhere()
    {
        var rule = Kubernetes.Of("Ingress").Single()["spec"]["rules"].Single();
        var origin = $"https://{rule["host"].Text}";
        Kubernetes.Of("ConfigMap").Single(map => map.Name() == "gateways")["data"]["Story__AllowedOrigins__0"].Text.ShouldBe(origin);
        foreach (var gateway in Kubernetes.Workloads.SelectMany(workload => workload.Containers()).Where(container => container["name"].Text == "gateway"))
            gateway["args"].Select(word => word.Text).ShouldContain("$(Story__AllowedOrigins__0)");
    }

    /// <summary>Every variable that a file sets.</summary>
    private static IEnumerable<(string File, string Name)> Variables()
    {
        foreach (var file in Checkout.Deployed(".yaml").Where(file => file.Contains("/compose/", StringComparison.Ordinal)))
        {
            foreach (var (_, service) in Node.Load(file).Single()["services"].Pairs)
            {
                foreach (var (name, _) in service["environment"].Pairs) yield return (file, name);
            }
        }

        foreach (Match line in Variable().Matches(Checkout.Read("deploy/compose/models.env.example"))) yield return ("models.env.example", line.Groups["name"].Value);
        foreach (var (file, one) in Kubernetes.All)
        {
            if (one["kind"].Text == "ConfigMap" && one.Name() != "postgres-trial")
            {
                foreach (var (name, _) in one["data"].Pairs) yield return (file, name);
            }
        }

        foreach (var variable in Kubernetes.Workloads.SelectMany(workload => workload.Containers()).SelectMany(container => container["env"]))
            yield return ("kubernetes", variable["name"].Text);
    }

    private static string Fenced(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal) + from.Length;
        // The shell's own quotes are no part of the file that it writes.
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }

    private static int StopsWithin(string file) => Number(Stops().Match(Checkout.Read(file)).Groups["seconds"].Value);

    private static int Number(string text) => text.Length == 0 ? 0 : int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"StopsWithin = TimeSpan\.FromSeconds\((?<seconds>\d+)\)", RegexOptions.None, 1000)]
    private static partial Regex Stops();

    [GeneratedRegex(@"^#?(?<name>Story__\w+)=", RegexOptions.Multiline, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?:args|command|test|CMD|ENTRYPOINT):? *\[(?<words>[^\]\n]*)\]", RegexOptions.None, 1000)]
    private static partial Regex Arguments();

    [GeneratedRegex(@"""(?<word>[^""]+)""", RegexOptions.None, 1000)]
    private static partial Regex Words();
}
