namespace Orleans.Story.Tests.Grains;

public sealed class ReadmeTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public void The_grain_test_in_the_readme_is_the_one_that_runs(string page)
    {
        var example = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", "ReadmeExample.cs"));
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", page)).ShouldContain(example.TrimEnd());
    }
}
