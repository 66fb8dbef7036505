using System.Collections.Immutable;

namespace Orleans.Story.Tests.Conformance.Grains;

[Alias("test.IEchoGrain")]
public interface IEchoGrain : IGrainWithStringKey
{
    [Alias("Plain")] Task Plain();
    [Alias("Word")] Task<string> Word(string word);
    [Alias("Quick")] ValueTask Quick();
    [Alias("Number")] ValueTask<int> Number(int number);
    [Alias("Nothing")] Task<string?> Nothing(string? nothing);
    [Alias("Note")] Task<Note> Note(Note note);
    [Alias("Drawing")] Task<Drawing> Drawing(Drawing drawing);
    [Alias("Fill")] Task Fill(Basket basket);
    [Alias("Look")] Task<ImmutableArray<string>> Look();
    [Alias("Take")] Task<Basket> Take();
    [Alias("Anything")] Task<string> Anything(object thing);
    [Alias("Stowaway")] Task<object> Stowaway();
    [Alias("Throw")] Task Throw(string what);
    [Alias("Me")] Task<IEchoGrain> Me();
    [Alias("Ask")] Task<string> Ask(IEchoGrain other, string word);
    [Alias("Fire"), OneWay] Task Fire(string word);
    [Alias("FireGated"), OneWay] Task FireGated(string gate, string word);
}

public sealed class EchoGrain(Support.Board board) : Grain, IEchoGrain
{
    private Basket _basket = new();

    public Task Plain() => Task.CompletedTask;

    public Task<string> Word(string word) => Task.FromResult(word);

    public async ValueTask Quick() => await Task.Yield();

    public async ValueTask<int> Number(int number)
    {
        await Task.Yield();
        return number;
    }

    public Task<string?> Nothing(string? nothing) => Task.FromResult(nothing);

    public Task<Note> Note(Note note) => Task.FromResult(note);

    public Task<Drawing> Drawing(Drawing drawing) => Task.FromResult(drawing);

    public Task Fill(Basket basket)
    {
        _basket = basket;
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<string>> Look() => Task.FromResult(_basket.Things.ToImmutableArray());

    public Task<Basket> Take() => Task.FromResult(_basket);

    public Task<string> Anything(object thing) => Task.FromResult(thing.GetType().Name);

    public Task<object> Stowaway() => Task.FromResult<object>(new Stowaway("hidden"));

    public async Task Throw(string what)
    {
        await Task.Yield();
        throw what switch
        {
            "known" => new KnownException("as written"),
            "unknown" => new UnknownException("as written"),
            "cancelled" => new OperationCanceledException("as written"),
            _ => new InvalidOperationException("as written"),
        };
    }

    public Task<IEchoGrain> Me() => Task.FromResult(this.AsReference<IEchoGrain>());

    public Task<string> Ask(IEchoGrain other, string word) => other.Word($"{this.GetPrimaryKeyString()} asks {word}");

    public Task Fire(string word)
    {
        board.Say(word);
        throw new InvalidOperationException("nobody hears this");
    }

    public async Task FireGated(string gate, string word)
    {
        await board.Gate(gate);
        board.Say(word);
    }
}
