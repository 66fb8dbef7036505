using System.Collections.Immutable;
using Orleans.Story.Embedded;
using Orleans.Story.Tests.Conformance.Grains;
using Orleans.TestingHost;

namespace Orleans.Story.Tests.Conformance.EmbeddedOnly;

/// <summary>
/// What Orleans refuses when it builds or starts, which a suite that runs on it cannot contain. The bad ones are private:
/// such classes are nobody's grains.
/// </summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(typeof(IStowawayArgument), "Stowaway has no serializer")]
    [InlineData(typeof(IStowawayResult), "Stowaway has no serializer")]
    [InlineData(typeof(IStowawayInside), "Stowaway has no serializer")]
    [InlineData(typeof(IStowawayBehindObserver), "Stowaway has no serializer")]
    [InlineData(typeof(IUnnumbered), "Unnumbered.Text has no [Id]")]
    [InlineData(typeof(IPrimary), "Primary.text has no [Id]")]
    [InlineData(typeof(ITwice), "Twice numbers two members 0")]
    [InlineData(typeof(ISynchronous), "returns neither Task nor ValueTask")]
    [InlineData(typeof(ITwoTokens), "has more than one CancellationToken")]
    [InlineData(typeof(IGeneric), "is generic")]
    [InlineData(typeof(IStream), "returns neither Task nor ValueTask")]
    [InlineData(typeof(IFrozen), "has no serializer")]
    public void An_interface_that_cannot_be_called_is_refused(Type @interface, string why)
        => Should.Throw<OrleansConfigurationException>(() => GrainMethod.CheckAll(@interface)).Message.Replace('+', '.').ShouldContain(why);

    [Fact]
    public void Positional_records_and_numbered_members_are_taken()
        => Should.NotThrow(() => GrainMethod.CheckAll(typeof(IFine)));

    [Fact]
    public void A_refusal_keeps_the_host_from_starting()
        => Should.Throw<OrleansConfigurationException>(() => new GrainClasses([typeof(StowawayGrain)]));

    [Fact]
    public void Two_classes_of_one_name_are_refused()
        => Should.Throw<OrleansConfigurationException>(() => new GrainClasses([typeof(EchoGrain), typeof(Other.EchoGrain)])).Message.ShouldContain("\"echo\"");

    [Fact]
    public void Two_classes_of_one_interface_are_refused_when_it_is_asked_for()
    {
        var classes = new GrainClasses([typeof(EchoGrain), typeof(SecondEchoer)]);
        Should.Throw<ArgumentException>(() => classes.Implementing(typeof(IEchoGrain))).Message.ShouldContain(nameof(SecondEchoer));
    }

    [Fact]
    public void Private_classes_are_nobodys_grains()
    {
        GrainClasses.Found.ShouldContain(typeof(EchoGrain));
        GrainClasses.Found.ShouldNotContain(typeof(StowawayGrain));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Any_number_of_silos_but_one_is_refused(short silos)
        => Should.Throw<NotSupportedException>(() => new InProcessTestClusterBuilder(silos).Build()).Message.ShouldContain("never pretends to be a cluster");

    [Fact]
    public async Task A_second_silo_is_refused()
    {
        await using var cluster = await Support.OneSilo.Start();
        await Should.ThrowAsync<NotSupportedException>(cluster.Host.StartAdditionalSiloAsync);
    }

    [Fact]
    public async Task A_message_in_itself_is_refused()
    {
        await using var cluster = await Support.OneSilo.Start();
        var loop = new List<object>();
        loop.Add(loop);
        await Should.ThrowAsync<Serialization.SerializerException>(() => cluster.Client.GetGrain<IEchoGrain>("x").Anything(loop));
    }

    public interface IStowawayArgument : IGrainWithStringKey
    {
        Task Call(Stowaway stowaway);
    }

    public interface IStowawayResult : IGrainWithStringKey
    {
        Task<ImmutableArray<Stowaway>> Call();
    }

    public interface IStowawayInside : IGrainWithStringKey
    {
        Task Call(Trunk trunk);
    }

    public interface IStowawayObserver : IGrainObserver
    {
        Task Call(Stowaway stowaway);
    }

    public interface IStowawayBehindObserver : IGrainWithStringKey
    {
        Task Call(IStowawayObserver observer);
    }

    public interface IUnnumbered : IGrainWithStringKey
    {
        Task Call(Unnumbered message);
    }

    public interface IPrimary : IGrainWithStringKey
    {
        Task Call(Primary message);
    }

    public interface ITwice : IGrainWithStringKey
    {
        Task Call(Twice message);
    }

    public interface ISynchronous : IGrainWithStringKey
    {
        int Call();
    }

    public interface ITwoTokens : IGrainWithStringKey
    {
        Task Call(CancellationToken one, CancellationToken two);
    }

    public interface IGeneric : IGrainWithStringKey
    {
        Task Call<T>(T thing);
    }

    public interface IStream : IGrainWithStringKey
    {
        IAsyncEnumerable<int> Call();
    }

    public interface IFrozen : IGrainWithStringKey
    {
        Task Call(System.Collections.Frozen.FrozenSet<int> set);
    }

    public interface IFine : IGrainWithStringKey
    {
        ValueTask<Positional> Call(Positional message, Circle circle, int[] numbers, CancellationToken cancellation);
    }

    [GenerateSerializer]
    public sealed record Trunk([property: Id(0)] ImmutableArray<Stowaway> Inside);

    [GenerateSerializer]
    public sealed class Unnumbered
    {
        public string Text { get; set; } = "";
    }

    [GenerateSerializer]
    public sealed class Primary(string text)
    {
        public override string ToString() => text;
    }

    [GenerateSerializer]
    public sealed record Twice([property: Id(0)] int One, [property: Id(0)] int Two);

    [GenerateSerializer]
    public sealed record Positional(int One, string Two);

    private sealed class StowawayGrain : Grain, IStowawayArgument
    {
        public Task Call(Stowaway stowaway) => Task.CompletedTask;
    }

    private abstract class EchoingGrain : Grain, IEchoGrain
    {
        public Task Plain() => Task.CompletedTask;

        public Task<string> Word(string word) => Task.FromResult(word);

        public ValueTask Quick() => default;

        public ValueTask<int> Number(int number) => default;

        public Task<string?> Nothing(string? nothing) => Task.FromResult(nothing);

        public Task<Note> Note(Note note) => Task.FromResult(note);

        public Task<Drawing> Drawing(Drawing drawing) => Task.FromResult(drawing);

        public Task Fill(Basket basket) => Task.CompletedTask;

        public Task<ImmutableArray<string>> Look() => Task.FromResult(ImmutableArray<string>.Empty);

        public Task<Basket> Take() => Task.FromResult(new Basket());

        public Task<string> Anything(object thing) => Task.FromResult("");

        public Task<object> Stowaway() => Task.FromResult(new object());

        public Task Throw(string what) => Task.CompletedTask;

        public Task<IEchoGrain> Me() => Task.FromResult<IEchoGrain>(this);

        public Task<string> Ask(IEchoGrain other, string word) => Task.FromResult(word);

        public Task Fire(string word) => Task.CompletedTask;

        public Task FireGated(string gate, string word) => Task.CompletedTask;
    }

    private sealed class SecondEchoer : EchoingGrain;

    private static class Other
    {
        public sealed class EchoGrain : EchoingGrain;
    }
}
