using Microsoft.Extensions.Configuration;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Silo;

namespace Orleans.Story.Tests.Grains;

/// <summary>The venue's words are read at the start, or there is no start.</summary>
public sealed class BlocklistConfigurationTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"words-{Guid.NewGuid():N}.txt");

    [Fact]
    public void Without_a_file_the_built_in_words_count() => BlocklistConfiguration.Read(Settings(null)).ShouldBeSameAs(Blocklist.BuiltIn);

    [Fact]
    public async Task The_venues_words_come_on_top()
    {
        await File.WriteAllTextAsync(file, "# ours\npopcorn | never\n爆米花｜18｜zh\ndamn | allow\n", TestContext.Current.CancellationToken);
        var list = BlocklistConfiguration.Read(Settings(file));
        list.In("popcorn", "18").ShouldNotBeEmpty();
        list.In("爆米花", "15").ShouldNotBeEmpty();
        list.In("damn", "G").ShouldBeEmpty();
        list.In("shit", "PG").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_refuses_the_start_with_its_number()
    {
        await File.WriteAllTextAsync(file, "popcorn | never\npopcorn\n", TestContext.Current.CancellationToken);
        var refused = Should.Throw<HallRefusedException>(() => BlocklistConfiguration.Read(Settings(file)));
        refused.Message.ShouldContain("Story:Blocklist, " + file + ": Line 2:");
        refused.Sentence.In("zh").ShouldContain("第 2 行：");
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_no_text_refuses_the_start()
    {
        Should.Throw<HallRefusedException>(() => BlocklistConfiguration.Read(Settings(file))).Message.ShouldContain(file);
        await File.WriteAllBytesAsync(file, [0xB1, 0xAC, 0xC3, 0xD7, 0xBB, 0xA8], TestContext.Current.CancellationToken);
        Should.Throw<HallRefusedException>(() => BlocklistConfiguration.Read(Settings(file))).Message.ShouldContain("UTF-8");
        await File.WriteAllBytesAsync(file, new byte[600 * 1024], TestContext.Current.CancellationToken);
        Should.Throw<HallRefusedException>(() => BlocklistConfiguration.Read(Settings(file))).Message.ShouldContain("512 KiB");
    }

    public void Dispose() => File.Delete(file);

    private static IConfiguration Settings(string? path) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Story:Blocklist", path)]).Build();
}
