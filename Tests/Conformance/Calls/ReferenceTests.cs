using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Calls;

public sealed class ReferenceTests(OneSilo cluster) : IClassFixture<OneSilo>
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    [Fact]
    public void References_to_the_same_grain_are_equal()
    {
        var one = cluster.Client.GetGrain<IEchoGrain>(_key);

        one.ShouldBe(cluster.Client.GetGrain<IEchoGrain>(_key));
        one.GetHashCode().ShouldBe(cluster.Client.GetGrain<IEchoGrain>(_key).GetHashCode());
        one.ShouldNotBe(cluster.Client.GetGrain<IEchoGrain>(_key + "-other"));
    }

    [Fact]
    public void A_reference_knows_its_key()
    {
        var id = Guid.NewGuid();

        cluster.Client.GetGrain<IEchoGrain>(_key).GetPrimaryKeyString().ShouldBe(_key);
        cluster.Client.GetGrain<ILifeGrain>(id).GetPrimaryKey().ShouldBe(id);
    }

    [Fact]
    public void An_identity_is_the_class_name_without_grain_and_the_key()
    {
        var id = Guid.NewGuid();

        cluster.Client.GetGrain<IEchoGrain>("some/key").GetGrainId().ToString().ShouldBe("echo/some/key");
        cluster.Client.GetGrain<ILifeGrain>(id).GetGrainId().ToString().ShouldBe($"life/{id:N}");
    }

    [Fact]
    public void Identities_can_be_written_and_read()
    {
        var id = GrainId.Parse("echo/some/key");

        id.ShouldBe(GrainId.Create("echo", "some/key"));
        id.Type.ToString().ShouldBe("echo");
        id.Key.ToString().ShouldBe("some/key");
        GrainId.TryParse("no slash", out _).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => GrainId.Parse("no slash"));
    }

    [Theory]
    [InlineData("echo/a", 1240796010u)]
    [InlineData("session/0198f3c47a1d7c3e9b5f2d1c0a4e8f60", 3516049597u)]
    public void The_hash_of_an_identity_is_the_same_on_every_engine(string id, uint hash)
        => GrainId.Parse(id).GetUniformHashCode().ShouldBe(hash);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_blank_key_is_refused(string key)
        => Should.Throw<ArgumentException>(() => cluster.Client.GetGrain<IEchoGrain>(key));

    [Fact]
    public async Task References_travel_and_can_be_called()
    {
        var other = cluster.Client.GetGrain<IEchoGrain>(_key + "-other");

        (await cluster.Client.GetGrain<IEchoGrain>(_key).Ask(other, "what")).ShouldBe($"{_key} asks what");
    }

    [Fact]
    public async Task A_grain_can_give_itself_away_as_a_reference()
    {
        var me = await cluster.Client.GetGrain<IEchoGrain>(_key).Me();

        me.ShouldBe(cluster.Client.GetGrain<IEchoGrain>(_key));
        (await me.Word("again")).ShouldBe("again");
    }

    [Fact]
    public void An_interface_without_a_class_is_refused()
        => Should.Throw<ArgumentException>(() => cluster.Client.GetGrain<INobodyGrain>(_key));
}

[Alias("test.INobodyGrain")]
public interface INobodyGrain : IGrainWithStringKey
{
    [Alias("Call")] Task Call();
}
