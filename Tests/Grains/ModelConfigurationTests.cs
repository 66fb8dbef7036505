using Microsoft.Extensions.Configuration;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Silo;

namespace Orleans.Story.Tests.Grains;

public sealed class ModelConfigurationTests
{
    [Fact]
    public void Without_models_the_films_storylets_are_told() =>
        ModelConfiguration.Writer(ModelConfiguration.Read(Settings()), _ => null, TimeProvider.System).ShouldBeOfType<StoryletWriter>();

    [Fact]
    public void A_model_needs_an_address_and_a_name_and_no_more()
    {
        var options = ModelConfiguration.Read(Settings(("Url", "http://127.0.0.1:8080/v1"), ("Model", "Qwen/Qwen3-8B:Q4")));
        var one = options.Endpoints.ShouldHaveSingleItem();
        (one.Name, one.Slots, one.Context, one.KeyVariable).ShouldBe(("Qwen3-8B-Q4", 2, 8192, null));
        var writer = ModelConfiguration.Writer(options, _ => null, TimeProvider.System).ShouldBeOfType<ModelWriter>();
        (writer.Name, writer.Slots).ShouldBe(("Qwen/Qwen3-8B:Q4", 2));
    }

    [Theory]
    [InlineData("Url", "ftp://x/v1", "http or https")]
    [InlineData("Url", "http://me:secret@host/v1", "without user")]
    [InlineData("Url", "http://host/v1?key=secret", "without user")]
    [InlineData("Url", "", "has no Url")]
    [InlineData("Slots", "0", "from 1 to 64")]
    [InlineData("Context", "two", "4096")]
    [InlineData("Temperature", "-1", "from 0 to 2")]
    [InlineData("Weight", "0", "0.01")]
    [InlineData("Name", "my model", "letters")]
    [InlineData("Colour", "red", "nobody reads")]
    [InlineData("ApiKey", "sk-secret", "KeyVariable")]
    [InlineData("KeyVariable", "sk-this-is-the-key", "never the key")]
    public void A_setting_that_cannot_be_meant_refuses_the_start_and_repeats_no_secret(string name, string value, string says)
    {
        (string, string)[] good = [("Url", "http://127.0.0.1:8080/v1"), ("Model", "m")];
        var refused = Should.Throw<HallRefusedException>(() => ModelConfiguration.Read(Settings([.. good.Where(one => one.Item1 != name), (name, value)])));
        refused.Message.ShouldContain(says);
        refused.Message.ShouldContain("Story:Models:0");
        refused.Message.ShouldNotContain("secret");
        refused.Sentence.In("zh").ShouldNotBe(refused.Message);
    }

    [Fact]
    public void A_key_comes_from_its_variable_or_the_start_is_refused()
    {
        var options = ModelConfiguration.Read(Settings(("Url", "https://cloud.example/v1"), ("Model", "m"), ("KeyVariable", "CLOUD_KEY")));
        Should.Throw<HallRefusedException>(() => ModelConfiguration.Writer(options, _ => null, TimeProvider.System)).Message.ShouldContain("CLOUD_KEY");
        ModelConfiguration.Writer(options, name => name == "CLOUD_KEY" ? "k" : null, TimeProvider.System).ShouldBeOfType<ModelWriter>();
    }

    [Fact]
    public void Two_models_of_one_name_are_refused()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Story:Models:0:Url"] = "http://a/v1", ["Story:Models:0:Model"] = "m", ["Story:Models:1:Url"] = "http://b/v1", ["Story:Models:1:Model"] = "m",
        }).Build();
        Should.Throw<HallRefusedException>(() => ModelConfiguration.Read(settings)).Message.ShouldContain("'m'");
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create($"Story:Models:0:{one.Name}", (string?)one.Value))).Build();
}
