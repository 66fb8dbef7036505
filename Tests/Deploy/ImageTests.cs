using System.Text.RegularExpressions;
using System.Xml.Linq;
using Orleans.Story.Tests.Deploy.Support;

namespace Orleans.Story.Tests.Deploy;

/// <summary>Dockerfiles build what is there, and the images that are named are ours or known.</summary>
public sealed partial class ImageTests
{
    /// <summary>Images of others that are used on purpose; a new one is a decision.</summary>
    private static readonly string[] Known =
    [
        "postgres:15-bookworm", "haproxy:3.2-bookworm", "ghcr.io/ggml-org/llama.cpp:server-cuda", "otel/opentelemetry-collector-contrib:0.147.0",
        "prom/prometheus:v3.5.0", "grafana/grafana:12.1.0",
    ];

    [Theory]
    [InlineData("silo", "Silo")]
    [InlineData("gateway", "Gateway")]
    public void A_Dockerfile_builds_a_project_with_all_that_it_refers_to(string image, string project)
    {
        var text = Checkout.Read($"deploy/docker/{image}.Dockerfile");
        text.ShouldContain($"dotnet publish {project}/{project}.csproj");
        text.ShouldContain("StoryEngine=orleans");
        text.ShouldContain($"ENTRYPOINT [\"dotnet\", \"Orleans.Story.{project}.dll\"]");
        foreach (var needed in Closure(project))
        {
            text.ShouldContain($"COPY {needed}/{needed}.csproj", Case.Sensitive, "restored");
            text.ShouldContain($"COPY {needed}/ {needed}/", Case.Sensitive, "built");
        }

        foreach (Match copy in Copied().Matches(text))
        {
            foreach (var source in copy.Groups["sources"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                Path.Exists(Path.Combine(Checkout.Root, source)).ShouldBeTrue($"COPY {source}");
        }
    }

    [Theory]
    [InlineData("silo")]
    [InlineData("gateway")]
    public void An_image_runs_as_nobody_in_particular_and_asks_itself_how_it_does(string image)
    {
        var last = Checkout.Read($"deploy/docker/{image}.Dockerfile").Split("\nFROM ")[^1];
        last.ShouldStartWith("mcr.microsoft.com/dotnet/aspnet:10.0");
        User().Match(last).Groups["user"].Value.ShouldBe("1654");
        last.ShouldContain("\"health\"]");
        last.ShouldNotContain("curl ");
        last.ShouldContain("DOTNET_EnableDiagnostics=0");
        XDocument.Load(Path.Combine(Checkout.Root, "Directory.Build.props")).Descendants("TargetFramework").Single().Value.ShouldBe("net10.0");
    }

    [Fact]
    public void Images_are_ours_in_this_version_or_known_and_none_is_the_latest()
    {
        var version = XDocument.Load(Path.Combine(Checkout.Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        var named = Kubernetes.Workloads.SelectMany(workload => workload.Containers()).Select(container => container["image"].Text).ToList();
        foreach (var file in Checkout.Deployed(".yaml").Where(file => file.Contains("/compose/compose", StringComparison.Ordinal)))
            named.AddRange(Node.Load(file).Single()["services"].Pairs.Select(pair => pair.Value["image"].Text).Where(image => image.Length > 0));
        named.ShouldNotBeEmpty();
        foreach (var image in named.Distinct())
        {
            var ours = OurImage().Match(image);
            if (!ours.Success) Known.ShouldContain(image);
            else if (!ours.Groups["version"].Value.StartsWith('$')) ours.Groups["version"].Value.ShouldBe(version, image);
            if (ours.Success) File.Exists(Checkout.At("deploy", "docker", $"{ours.Groups["name"].Value}.Dockerfile")).ShouldBeTrue(image);
        }

        Checkout.Read("deploy/compose/prepare").ShouldContain($"STORY_VERSION={version}\n");
    }

    [Fact]
    public void A_build_takes_no_secret_along()
    {
        var ignored = Checkout.Read(".dockerignore").Split('\n');
        foreach (var pattern in (string[])["deploy", "**/secrets", "**/.env", "**/data", "**/artifacts", "**/node_modules", "**/.git"]) ignored.ShouldContain(pattern);
    }

    private static HashSet<string> Closure(string project)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { project };
        var open = new Queue<string>(found);
        while (open.TryDequeue(out var next))
        {
            foreach (var reference in XDocument.Load(Checkout.At(next, $"{next}.csproj")).Descendants("ProjectReference"))
            {
                var name = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value);
                if (found.Add(name)) open.Enqueue(name);
            }
        }

        return found;
    }

    [GeneratedRegex(@"^COPY (?!--)(?<sources>.+) \S+$", RegexOptions.Multiline, 1000)]
    private static partial Regex Copied();

    [GeneratedRegex(@"^USER (?<user>\d+)$", RegexOptions.Multiline, 1000)]
    private static partial Regex User();

    [GeneratedRegex(@"^orleans-story-(?<name>\w+):(?<version>.+)$", RegexOptions.None, 1000)]
    private static partial Regex OurImage();
}
