using System.Reflection;
using System.Text.Json;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Tests.Contracts;

public sealed class MessageTests
{
    public static TheoryData<Type> Messages => new(Samples.Messages);

    [Fact]
    public void Whatever_a_grain_takes_or_gives_is_a_message() => Samples.OnTheWire.ShouldBeSubsetOf(Samples.Messages);

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_immutable_and_says_how_it_is_written(Type message)
    {
        message.GetCustomAttribute<AliasAttribute>().ShouldNotBeNull("an alias survives renames");
        if (message.IsEnum) return;
        message.GetCustomAttribute<ImmutableAttribute>().ShouldNotBeNull("messages are passed on without a copy");
        var kept = message.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite).ToList();
        kept.Select(property => property.GetCustomAttribute<IdAttribute>()?.Id).ShouldBe(
            Enumerable.Range(0, kept.Count).Select(id => (uint?)id), "ids are explicit, from 0, in order of declaration");
        foreach (var property in kept)
        {
            property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().ShouldContain(
                typeof(System.Runtime.CompilerServices.IsExternalInit), $"{property.Name} may be set only when the message is made");
            property.PropertyType.IsInterface.ShouldBeFalse($"{property.Name} must be a concrete immutable type");
        }
    }

    [Fact]
    public void Aliases_are_unique() =>
        Samples.Messages.Select(message => message.GetCustomAttribute<AliasAttribute>()!.Alias).ShouldBeUnique();

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_survives_json(Type message)
    {
        var json = JsonSerializer.Serialize(Samples.Of(message), message);
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, message), message).ShouldBe(json);
    }

    [Fact]
    public void A_text_is_an_object_with_the_original_first()
    {
        var text = new Text("zh", "汽笛响了。", [new Wording("en", "The horn sounds.")]);
        var json = JsonSerializer.Serialize(text);
        JsonSerializer.Deserialize<Text>(json)!.Words.ShouldBe("汽笛响了。");
        using var document = JsonDocument.Parse(json);
        document.RootElement.EnumerateObject().Select(language => language.Name).ShouldBe(["zh", "en"]);
        text.In("en").ShouldBe("The horn sounds.");
        text.In("fr").ShouldBe("汽笛响了。");
        foreach (var bad in (string[])["{}", "[]", "\"x\"", "{\"en\":null}", "{\"en\":1}"])
            Should.Throw<Exception>(() => JsonSerializer.Deserialize<Text>(bad)).ShouldBeAssignableTo<Exception>();
    }

    [Theory]
    [InlineData("0190a6c87f1e7c3a9b525e1c6a7d8e9f/4", true)]
    [InlineData("0190a6c87f1e7c3a9b525e1c6a7d8e9f", false)]
    [InlineData("0190a6c87f1e7c3a9b525e1c6a7d8e9f/-1", false)]
    [InlineData("00000000000000000000000000000000/1", false)]
    [InlineData("", false)]
    public void An_audience_key_reads_back_or_is_refused(string text, bool right)
    {
        if (right) AudienceKey.Parse(text).ToString().ShouldBe(text);
        else Should.Throw<FormatException>(() => AudienceKey.Parse(text));
    }

    [Theory]
    [InlineData("0190a6c87f1e7c3a9b525e1c6a7d8e9f/4/2", true)]
    [InlineData("0190a6c87f1e7c3a9b525e1c6a7d8e9f/0/-1", true)]
    [InlineData("0190a6c87f1e7c3a9b525e1c6a7d8e9f/4", false)]
    public void A_beat_key_reads_back_or_is_refused(string text, bool right)
    {
        if (right) BeatKey.Parse(text).ToString().ShouldBe(text);
        else Should.Throw<FormatException>(() => BeatKey.Parse(text));
    }
}
