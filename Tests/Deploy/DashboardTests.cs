using System.Text.Json;
using System.Text.RegularExpressions;
using Orleans.Story.Tests.Deploy.Support;

namespace Orleans.Story.Tests.Deploy;

/// <summary>Every figure on the dashboard and in the alerts is one that a process sends, under the name that Prometheus gives it.</summary>
public sealed partial class DashboardTests
{
    /// <summary>Orleans's instruments that we show, as its assembly 10.4.2 makes them: name, kind, unit.</summary>
    private static readonly (string Name, string Kind, string Unit)[] Orleans =
    [
        ("orleans-app-requests-latency", "Histogram", "ms"),
        ("orleans-app-requests-timedout", "Counter", ""),
        ("orleans-catalog-activations", "ObservableGauge", ""),
        ("orleans-gateway-connected-clients", "UpDownCounter", ""),
        ("orleans-messaging-expired", "Counter", ""),
        ("orleans-messaging-pings-reply-missed", "Counter", ""),
        ("orleans-messaging-rejected", "Counter", ""),
        ("orleans-scheduler-long-running-turns", "Counter", ""),
    ];

    [Fact]
    public void Every_name_is_one_that_is_exported()
    {
        var exported = Ours().Concat(Orleans).SelectMany(one => Prometheus(one.Name, one.Kind, one.Unit)).ToHashSet(StringComparer.Ordinal);
        var shown = Expressions().SelectMany(expression => Metric().Matches(expression)).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        shown.ShouldNotBeEmpty();
        shown.Except(exported).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_that_we_measure_is_left_out()
    {
        var shown = Expressions().SelectMany(expression => Metric().Matches(expression)).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        Ours().Where(one => !Prometheus(one.Name, one.Kind, one.Unit).Any(shown.Contains)).Select(one => one.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Orleans_makes_these_instruments()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var core = Path.Combine(packages, "microsoft.orleans.core", "10.4.2");
        var assembly = Directory.Exists(core) ? Directory.EnumerateFiles(core, "Orleans.Core.dll", SearchOption.AllDirectories).FirstOrDefault() : null;
        if (assembly is null) Assert.Skip("Orleans 10.4.2 was never restored on this machine (StoryEngine=orleans dotnet restore Silo).");
        // String literals of an assembly are UTF-16, at any offset.
        var bytes = File.ReadAllBytes(assembly!);
        foreach (var (name, _, _) in Orleans) bytes.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes(name)).ShouldBeGreaterThan(0, name);
    }

    /// <summary>Rules read no variables: Compose's container writes one from its own.</summary>
    [Fact]
    public async Task The_alert_for_a_lost_silo_is_told_how_many_there_should_be()
    {
        Shell.NeedsOrSkip("sh");
        var prometheus = Node.Load("deploy/compose/compose.telemetry.yaml").Single()["services"]["prometheus"];
        prometheus["environment"]["STORY_SILOS"].Text.ShouldBe("${STORY_SILOS:-3}");
        Node.Load("deploy/grafana/prometheus.yaml").Single()["rule_files"].Select(one => one.Text).ShouldContain("/tmp/site*.yaml");
        var file = Path.GetTempFileName();
        try
        {
            // Compose writes a dollar sign as two; what would start the program shows what it is given.
            var script = prometheus["entrypoint"].Select(word => word.Text).ElementAt(2).Replace("$$", "$", StringComparison.Ordinal)
                .Replace("/tmp/site.yaml", file, StringComparison.Ordinal).Replace("exec prometheus", "exec echo", StringComparison.Ordinal);
            var (code, output) = await Shell.RunAsync("sh", ["-c", script, "prometheus", "--config.file=x", "--more"], new Dictionary<string, string> { ["STORY_SILOS"] = "5" });
            code.ShouldBe(0, output);
            output.Trim().ShouldBe("--config.file=x --more");
            var rule = Node.Load(file).Single()["groups"].Single()["rules"].Single();
            (rule["record"].Text, rule["expr"].Text).ShouldBe(("story:silos:wanted", "vector(5)"));
        }
        finally
        {
            File.Delete(file);
        }

        Node.Load("deploy/grafana/alerts.yaml").Single()["groups"].SelectMany(group => group["rules"]).Single(rule => rule["alert"].Text == "FewerSilosThanWanted")["expr"].Text.ShouldContain("story:silos:wanted or vector(3)");
    }

    [Fact]
    public void Every_title_is_in_both_languages()
    {
        using var dashboard = JsonDocument.Parse(Checkout.Read("deploy/grafana/dashboard.json"));
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            var title = panel.GetProperty("title").GetString()!;
            title.Split(" · ").Length.ShouldBe(2, title);
            if (title != "Orleans · Orleans") title.Any(letter => letter is >= '\u4e00' and <= '\u9fff').ShouldBeTrue(title);
            if (panel.TryGetProperty("description", out var description) && description.GetString() is { Length: > 0 } text) text.ShouldContain(" · ");
        }
    }

    [Fact]
    public void Panels_do_not_lie_on_each_other()
    {
        using var dashboard = JsonDocument.Parse(Checkout.Read("deploy/grafana/dashboard.json"));
        var taken = new HashSet<(int, int)>();
        foreach (var place in dashboard.RootElement.GetProperty("panels").EnumerateArray().Select(panel => panel.GetProperty("gridPos")))
        {
            var (x, y, w, h) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32(), place.GetProperty("w").GetInt32(), place.GetProperty("h").GetInt32());
            (x + w).ShouldBeLessThanOrEqualTo(24);
            for (var column = x; column < x + w; column++)
            {
                for (var row = y; row < y + h; row++) taken.Add((column, row)).ShouldBeTrue($"{column},{row}");
            }
        }
    }

    [Fact]
    public void The_collector_hands_metrics_on_under_names_with_units()
    {
        var collector = Node.Load("deploy/grafana/collector.yaml").Single();
        collector["exporters"]["prometheus"]["add_metric_suffixes"].Text.ShouldBe("true");
        foreach (var (name, pipeline) in collector["service"]["pipelines"].Pairs)
        {
            foreach (var part in (string[])["receivers", "processors", "exporters"])
            {
                pipeline[part].ShouldNotBeEmpty();
                foreach (var used in pipeline[part]) collector[part].Pairs.Select(pair => pair.Key).ShouldContain(used.Text, name);
            }
        }

        var port = collector["exporters"]["prometheus"]["endpoint"].Text.Split(':')[1];
        Node.Load("deploy/grafana/prometheus.yaml").Single()["scrape_configs"].Single()["static_configs"].Single()["targets"].Single().Text.ShouldBe($"collector:{port}");
    }

    /// <summary>Instruments in our sources: name, kind, unit.</summary>
    private static IEnumerable<(string Name, string Kind, string Unit)> Ours() =>
        Instrument().Matches(Checkout.Source).Select(match => (match.Groups["name"].Value, match.Groups["kind"].Value, match.Groups["unit"].Value));

    /// <summary>The names under which the collector's Prometheus exporter shows an instrument.</summary>
    private static IEnumerable<string> Prometheus(string name, string kind, string unit)
    {
        var plain = Odd().Replace(name, "_");
        // A unit in braces is a word for people and no unit.
        var word = unit switch { "ms" => "milliseconds", ['{', ..] or "" => "", _ => throw new InvalidOperationException($"{name}: how does Prometheus call {unit}?") };
        if (word.Length > 0) plain += "_" + word;
        return kind switch
        {
            "Histogram" => [plain + "_bucket", plain + "_count", plain + "_sum"],
            "Counter" => [plain + "_total"],
            "UpDownCounter" or "ObservableGauge" => [plain],
            _ => throw new InvalidOperationException($"{name} is a {kind}."),
        };
    }

    private static List<string> Expressions()
    {
        using var dashboard = JsonDocument.Parse(Checkout.Read("deploy/grafana/dashboard.json"));
        var found = dashboard.RootElement.GetProperty("panels").EnumerateArray().Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!).ToList();
        found.AddRange(Node.Load("deploy/grafana/alerts.yaml").Single()["groups"].SelectMany(group => group["rules"]).Select(rule => rule["expr"].Text));
        return found;
    }

    [GeneratedRegex(@"Create(?<kind>Histogram|Counter|UpDownCounter|ObservableGauge|ObservableCounter)(?:<\w+>)?\(\s*""(?<name>story\.[^""]+)"",[^""]*""(?<unit>[^""]*)""", RegexOptions.None, 5000)]
    private static partial Regex Instrument();

    [GeneratedRegex(@"\b(?:story|orleans)_[a-z_]+", RegexOptions.None, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("[^a-zA-Z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Odd();
}
