using System.Text.RegularExpressions;
using Orleans.Story.Tests.Deploy.Support;

namespace Orleans.Story.Tests.Deploy;

/// <summary>Scripts and documents.</summary>
public sealed partial class ScriptTests
{
    private static IEnumerable<string> Scripts => Checkout.Deployed().Where(file => Checkout.Read(file).StartsWith("#!/usr/bin/env bash\n", StringComparison.Ordinal));

    [Fact]
    public async Task Every_script_is_one_that_bash_understands()
    {
        Shell.NeedsOrSkip("bash");
        Scripts.Select(Path.GetFileName).ShouldBe(["backup", "restore", "10-story.sh", "prepare"], ignoreOrder: true);
        foreach (var script in Scripts.Append("deploy/backup/common"))
        {
            var (code, output) = await Shell.RunAsync("bash", ["-n", Checkout.At(script)]);
            code.ShouldBe(0, output);
        }
    }

    [Fact]
    public void Every_script_can_be_run_and_stops_at_its_first_error()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("There are no such rights here.");
        foreach (var script in Scripts)
        {
            Shell.Rights(Checkout.At(script)).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue(script);
            Checkout.Read(script).ShouldContain("set -euo pipefail");
        }
    }

    [Fact]
    public async Task Preparing_makes_secrets_once_for_their_owner_alone()
    {
        Shell.NeedsOrSkip("bash", "openssl");
        var folder = Directory.CreateTempSubdirectory("story-prepare-").FullName;
        try
        {
            var script = Path.Combine(folder, "prepare");
            File.Copy(Checkout.At("deploy", "compose", "prepare"), script);
            var (code, output) = await Shell.RunAsync("bash", [script, "https://vote.example"]);
            code.ShouldBe(0, output);
            var made = Directory.EnumerateFiles(Path.Combine(folder, "secrets")).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
            Convert.FromBase64String(made["pass-key"]).Length.ShouldBe(32);
            made["story.json"].ShouldContain(made["pass-key"]);
            made["story.json"].ShouldContain(made["story-password"]);
            File.ReadAllLines(Path.Combine(folder, ".env")).ShouldContain("COMPOSE_FILE=compose.yaml");
            Shell.Rights(Path.Combine(folder, "secrets")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

            (await Shell.RunAsync("bash", [script, "https://vote.example"])).Code.ShouldBe(0);
            Directory.EnumerateFiles(Path.Combine(folder, "secrets")).ToDictionary(file => Path.GetFileName(file), File.ReadAllText).ShouldBe(made);
            (await Shell.RunAsync("bash", [script, "vote.example; rm -rf /"])).Code.ShouldBe(2);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("secrets/story.json")]
    [InlineData(".env")]
    [InlineData("models.env")]
    [InlineData("certificates/hall.pem")]
    public async Task No_secret_can_be_committed_by_mistake(string file)
    {
        Shell.NeedsOrSkip("git");
        var (code, output) = await Shell.RunAsync("git", ["-C", Checkout.Root, "check-ignore", "--no-index", $"deploy/compose/{file}"]);
        // 128: this is no checkout of git but an unpacked archive.
        if (code == 128) Assert.Skip(output.Trim());
        code.ShouldBe(0, file);
    }

    [Fact]
    public void Both_languages_give_the_same_lines_to_type()
    {
        var (english, chinese) = (Checkout.Read("deploy/README.md"), Checkout.Read("deploy/README.zh-CN.md"));
        Typed(chinese).ShouldBe(Typed(english));
        Headings().Count(chinese).ShouldBe(Headings().Count(english));
    }

    [Fact]
    public void A_rollback_builds_nothing()
    {
        var blocks = Typed(Checkout.Read("deploy/README.md"));
        var back = blocks.Single(block => block.Contains("STORY_VERSION=0.1.0/", StringComparison.Ordinal));
        back.ShouldContain("--no-build");
        back.ShouldNotContain("docker compose build");
        back.ShouldContain("for part in gateway-1 gateway-2 gpu-1 story-1 story-2;");
        // An upgrade builds, and what it builds is the new source.
        var forth = blocks.Single(block => block.Contains("STORY_VERSION=0.2.0/", StringComparison.Ordinal));
        forth.IndexOf("git checkout v0.2.0", StringComparison.Ordinal).ShouldBeInRange(0, forth.IndexOf("docker compose build", StringComparison.Ordinal));
    }

    [Fact]
    public void No_command_names_other_Compose_files_than_the_one_before()
    {
        foreach (var file in Checkout.Deployed()) Checkout.Read(file).ShouldNotContain("docker compose -f", Case.Sensitive, file);
    }

    [Theory]
    [InlineData("deploy/README.md")]
    [InlineData("deploy/README.zh-CN.md")]
    public void Links_lead_somewhere(string document)
    {
        foreach (Match link in Links().Matches(Checkout.Read(document)))
            Path.Exists(Path.Combine(Checkout.Root, "deploy", link.Groups["to"].Value.Split('#')[0])).ShouldBeTrue(link.Value);
    }

    /// <summary>The fenced blocks without their comments, which are in the document's language.</summary>
    private static List<string> Typed(string document) =>
        [.. Fences().Matches(document).Select(match => Comments().Replace(match.Groups["text"].Value, "").TrimEnd())];

    [GeneratedRegex("^```\\w*\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex Fences();

    [GeneratedRegex(@" *# .*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Comments();

    [GeneratedRegex("^#+ ", RegexOptions.Multiline, 1000)]
    private static partial Regex Headings();

    [GeneratedRegex(@"\]\((?<to>(?!https?:|#)[^)]+)\)", RegexOptions.None, 1000)]
    private static partial Regex Links();
}
