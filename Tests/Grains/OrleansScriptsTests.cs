using Orleans.Story.Silo;
using Orleans.Story.Silo.Database;

namespace Orleans.Story.Tests.Grains;

public sealed class OrleansScriptsTests
{
    [Fact]
    public void A_file_of_another_checksum_is_refused_with_both_sums()
    {
        var refused = Should.Throw<HallRefusedException>(() => OrleansScripts.Verified(OrleansScripts.All[0], "drop table journal;"u8.ToArray()));
        foreach (var language in (string[])["en", "zh"])
        {
            refused.Sentence.In(language).ShouldContain(OrleansScripts.All[0].Name);
            refused.Sentence.In(language).ShouldContain(OrleansScripts.All[0].Sha256);
        }
    }

    [Fact]
    public async Task A_folder_that_lacks_one_is_told_which_and_how_to_get_it()
    {
        var folder = Directory.CreateTempSubdirectory("story-sql-");
        try
        {
            var refused = await Should.ThrowAsync<HallRefusedException>(() => OrleansScripts.Read(folder.FullName, CancellationToken.None));
            refused.Sentence.In("en").ShouldContain("PostgreSQL-Main.sql");
            refused.Sentence.In("zh").ShouldContain("--fetch");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void All_are_of_one_commit_and_have_whole_checksums()
    {
        OrleansScripts.Commit.Length.ShouldBe(40);
        foreach (var script in OrleansScripts.All)
        {
            script.Sha256.Length.ShouldBe(64);
            script.Address.AbsoluteUri.ShouldContain(OrleansScripts.Commit);
        }
    }
}
