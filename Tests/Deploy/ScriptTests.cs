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
        var root = Directory.CreateTempSubdirectory("story-prepare-").FullName;
        try
        {
            var script = Prepare(root);
            var folder = Path.GetDirectoryName(script)!;
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
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task A_PassKey_that_was_kept_comes_back_and_the_terminals_language_is_spoken()
    {
        Shell.NeedsOrSkip("bash", "openssl");
        var root = Directory.CreateTempSubdirectory("story-prepare-").FullName;
        try
        {
            var script = Prepare(root);
            var folder = Path.GetDirectoryName(script)!;
            Directory.CreateDirectory(Path.Combine(folder, "secrets"));
            await File.WriteAllTextAsync(Path.Combine(folder, "secrets", "pass-key"), "kept-by-the-venue\n");
            var (code, output) = await Shell.RunAsync("bash", [script, "https://vote.example"], new Dictionary<string, string> { ["STORY_LANGUAGE"] = "zh" });
            code.ShouldBe(0, output);
            output.ShouldContain("已就绪");
            (await File.ReadAllTextAsync(Path.Combine(folder, "secrets", "story.json"))).ShouldContain("\"PassKey\": \"kept-by-the-venue\"");
            File.ReadAllLines(Path.Combine(folder, ".env")).ShouldContain("STORY_LANGUAGE=zh");
            var other = await Shell.RunAsync("bash", [script, "https://other.example"], new Dictionary<string, string> { ["STORY_LANGUAGE"] = "zh" });
            other.Code.ShouldBe(1);
            other.Output.ShouldContain("另一个地址");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>The script with what it shares with backup and restore, in folders of their own.</summary>
    private static string Prepare(string root)
    {
        var script = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "compose")).FullName, "prepare");
        File.Copy(Checkout.At("deploy", "compose", "prepare"), script);
        File.Copy(Checkout.At("deploy", "backup", "common"), Path.Combine(Directory.CreateDirectory(Path.Combine(root, "backup")).FullName, "common"));
        return script;
    }

    [Theory]
    [InlineData("compose/secrets/story.json")]
    [InlineData("compose/.env")]
    [InlineData("compose/models.env")]
    [InlineData("compose/certificates/hall.pem")]
    [InlineData("compose/compose.site.yaml")]
    [InlineData("compose/sql/PostgreSQL-Main.sql")]
    [InlineData("kubernetes/site/kustomization.yaml")]
    [InlineData("kubernetes/site/story.json")]
    [InlineData("kubernetes/site/key.pem")]
    [InlineData("kubernetes/site/pgpass")]
    [InlineData("kubernetes/story.json")]
    [InlineData("kubernetes/story-password")]
    [InlineData("kubernetes/key.pem")]
    [InlineData("carry/images.tar.gz")]
    public async Task Nothing_of_one_site_can_be_committed_by_mistake(string file)
    {
        Shell.NeedsOrSkip("git");
        var (code, output) = await Shell.RunAsync("git", ["-C", Checkout.Root, "check-ignore", "--no-index", $"deploy/{file}"]);
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
        var back = blocks.Single(block => block.Contains("to=v0.1.0", StringComparison.Ordinal) && block.Contains("docker compose", StringComparison.Ordinal));
        back.ShouldContain("--no-build");
        back.ShouldNotContain(" build");
        back.IndexOf("docker image inspect", StringComparison.Ordinal).ShouldBeInRange(0, back.IndexOf("git checkout", StringComparison.Ordinal));
        back.ShouldContain("for part in gateway-1 gateway-2 gpu-1 story-1 story-2;");
        // An upgrade builds, and what it builds is the new source.
        var forth = blocks.Where(block => block.Contains("to=v0.2.0", StringComparison.Ordinal)).ToList();
        forth.Count.ShouldBe(2, "Compose and Kubernetes");
        foreach (var block in forth) block.IndexOf("git checkout \"$to\"", StringComparison.Ordinal).ShouldBeInRange(0, BuildOf().Match(block).Index);
    }

    /// <summary>A step that fails is the last one: what comes after it would be done to something else than was meant.</summary>
    [Fact]
    public void A_block_of_several_steps_stops_at_the_first_failure_and_leaves_nobody_in_another_folder()
    {
        foreach (var block in Typed(Checkout.Read("deploy/README.md")).Where(block => block.Split('\n').Length > 2 && CommandOf().IsMatch(block)))
        {
            var lines = block.Split('\n');
            lines[0].ShouldBe("(", block);
            lines[^1].ShouldBe(")", block);
            (lines[1] + lines[2]).ShouldContain("set -e", Case.Sensitive, block);
            if (block.Contains(" | ", StringComparison.Ordinal) && !block.Contains("grep", StringComparison.Ordinal)) (lines[1] + lines[2]).ShouldContain("pipefail", Case.Sensitive, block);
        }
    }

    [Fact]
    public async Task Every_block_is_one_that_bash_understands()
    {
        Shell.NeedsOrSkip("bash");
        foreach (var block in Typed(Checkout.Read("deploy/README.md")).Where(block => CommandOf().IsMatch(block)))
        {
            var (code, output) = await Shell.RunAsync("bash", ["-n", "-c", block]);
            code.ShouldBe(0, output + block);
        }
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
        [.. Fences().Matches(document).Select(match => Comments().Replace(Indents().Replace(match.Groups["text"].Value, ""), "").TrimEnd())];

    [GeneratedRegex("^ *```\\w*\n(?<text>.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex Fences();

    /// <summary>A block of a numbered step stands as far in as the step.</summary>
    [GeneratedRegex("^   (?=\\S)", RegexOptions.Multiline, 1000)]
    private static partial Regex Indents();

    [GeneratedRegex("docker (?:compose )?build", RegexOptions.None, 1000)]
    private static partial Regex BuildOf();

    [GeneratedRegex("(?:docker|kubectl|openssl|git) ", RegexOptions.None, 1000)]
    private static partial Regex CommandOf();

    [GeneratedRegex(@" *# .*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Comments();

    [GeneratedRegex("^#+ ", RegexOptions.Multiline, 1000)]
    private static partial Regex Headings();

    [GeneratedRegex(@"\]\((?<to>(?!https?:|#)[^)]+)\)", RegexOptions.None, 1000)]
    private static partial Regex Links();
}
