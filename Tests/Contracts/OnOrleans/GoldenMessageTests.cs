using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Orleans.Story.Tests.Contracts.OnOrleans;

/// <summary>
/// Messages as the silos of a build before this one write them. While silos are upgraded one by one, each build reads the other's:
/// a line of <c>golden/messages.tsv</c>, once released, is never changed or taken away, and what a message looks like now has a line.
/// </summary>
public sealed class GoldenMessageTests
{
    private const string Write = "STORY_WRITE_GOLDEN";

    private static readonly Serializer Wire = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "golden", "messages.tsv");

    private static readonly IReadOnlyList<GoldenMessage> Golden = [.. System.IO.File.ReadAllLines(File).Select(GoldenMessage.Of)];

    public static TheoryData<Type> Messages => new(Samples.Messages);

    public static TheoryData<int> Lines => [.. Enumerable.Range(0, Golden.Count)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void What_is_written_now_has_a_golden_line(Type message)
    {
        var now = GoldenMessage.Of(message, Samples.Of(message), Wire);
        if (Environment.GetEnvironmentVariable(Write) is { Length: > 0 } folder && !Golden.Contains(now))
            System.IO.File.AppendAllText(Path.Combine(folder, "messages.tsv"), now + "\n");
        Golden.ShouldContain(now, $"{message.Name} is written otherwise than any build wrote it. If the previous build can still read it, add a line and keep the old ones: {Write}=folder writes it.");
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void What_an_earlier_build_wrote_is_read_as_it_was_meant(int line)
    {
        var golden = Golden[line];
        var read = Wire.Deserialize<object>(golden.Bytes);
        read.ShouldNotBeNull().GetType().GetCustomAttribute<AliasAttribute>()!.Alias.ShouldBe(golden.Alias);
        var now = JsonSerializer.SerializeToNode(read, read!.GetType());
        Lost(JsonNode.Parse(golden.Json), now, golden.Alias).ShouldBeNull();
    }

    [Fact]
    public void Every_message_of_an_earlier_build_is_still_known() =>
        Golden.Select(line => line.Alias).Distinct().ShouldBeSubsetOf(Samples.Messages.Select(message => message.GetCustomAttribute<AliasAttribute>()!.Alias));

    /// <summary>Where something that was said then is missing or different now; more may be said.</summary>
    private static string? Lost(JsonNode? then, JsonNode? now, string path) => (then, now) switch
    {
        (JsonObject before, JsonObject after) => before.Select(member => Lost(member.Value, after[member.Key], $"{path}.{member.Key}")).FirstOrDefault(lost => lost is not null),
        (JsonArray before, JsonArray after) when before.Count == after.Count => before.Zip(after).Select((pair, i) => Lost(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(lost => lost is not null),
        _ => JsonNode.DeepEquals(then, now) ? null : $"{path} was {then?.ToJsonString() ?? "null"} and is {now?.ToJsonString() ?? "null"}",
    };
}

/// <summary>One line: the message's alias, its bytes in Orleans's wire format, and what they mean.</summary>
/// <param name="Alias">The alias.</param>
/// <param name="Hex">The bytes, hexadecimal.</param>
/// <param name="Json">The message as JSON.</param>
internal sealed record GoldenMessage(string Alias, string Hex, string Json)
{
    public byte[] Bytes => Convert.FromHexString(Hex);

    public static GoldenMessage Of(string line) => line.Split('\t') is [var alias, var hex, var json] ? new GoldenMessage(alias, hex, json) : throw new FormatException(line);

    public static GoldenMessage Of(Type type, object message, Serializer wire) => new(
        type.GetCustomAttribute<AliasAttribute>()!.Alias, Convert.ToHexStringLower(wire.SerializeToArray<object>(message)), JsonSerializer.Serialize(message, type));

    public override string ToString() => $"{Alias}\t{Hex}\t{Json}";
}
