namespace Orleans.Story.Tests.Conformance.Grains;

public sealed class Ledger
{
    public int Sum { get; set; }

    public List<string> Lines { get; set; } = [];
}

[Alias("test.IStateGrain")]
public interface IStateGrain : IGrainWithStringKey
{
    [Alias("Sum")] Task<int> Sum();
    [Alias("AtStart")] Task<int> AtStart();
    [Alias("Add")] Task Add(int amount, string line);
    [Alias("AddUnwritten")] Task AddUnwritten(int amount);
    [Alias("Reread")] Task<int> Reread();
    [Alias("Clear")] Task Clear();
    [Alias("Exists")] Task<bool> Exists();
    [Alias("Etag")] Task<string?> Etag();
    [Alias("Lines")] Task<int> Lines();
    [Alias("AddCatching")] Task<string> AddCatching(int amount);
    [Alias("Remember")] Task Remember(int value);
    [Alias("Recall")] Task<int> Recall();
    [Alias("Elsewhere")] Task<string> Elsewhere();
    [Alias("WriteBoth")] Task WriteBoth();
}

public sealed class StateGrain(
    [PersistentState("ledger", "json")] IPersistentState<Ledger> ledger,
    [PersistentState("memory")] IPersistentState<Ledger> memory,
    Support.Board board) : Grain, IStateGrain
{
    private int _atStart = -1;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _atStart = ledger.State.Sum;
        board.Say(this.GetPrimaryKeyString() + ":activated");
        return Task.CompletedTask;
    }

    public Task<int> Sum() => Task.FromResult(ledger.State.Sum);

    public Task<int> AtStart() => Task.FromResult(_atStart);

    public Task Add(int amount, string line)
    {
        ledger.State.Sum += amount;
        ledger.State.Lines.Add(line);
        return ledger.WriteStateAsync();
    }

    public Task AddUnwritten(int amount)
    {
        ledger.State.Sum += amount;
        memory.State.Sum += amount;
        return Task.CompletedTask;
    }

    public async Task<int> Reread()
    {
        await ledger.ReadStateAsync();
        return ledger.State.Sum;
    }

    public Task Clear() => ledger.ClearStateAsync();

    public Task<bool> Exists() => Task.FromResult(ledger.RecordExists);

    public Task<string?> Etag() => Task.FromResult(ledger.Etag);

    public Task<int> Lines() => Task.FromResult(ledger.State.Lines.Count);

    public async Task<string> AddCatching(int amount)
    {
        try
        {
            ledger.State.Sum += amount;
            await ledger.WriteStateAsync();
            return "written";
        }
        catch (Exception exception)
        {
            return $"{exception.GetType().Name} over {exception.InnerException?.GetType().Name}";
        }
    }

    public Task Remember(int value)
    {
        memory.State.Sum = value;
        return memory.WriteStateAsync();
    }

    public async Task<int> Recall()
    {
        await memory.ReadStateAsync();
        return memory.State.Sum;
    }

    public Task<string> Elsewhere() => Task.Run(() => ledger.State.Sum.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .ContinueWith(task => task.Exception?.InnerException?.GetType().Name ?? "read", TaskScheduler.Current);

    public Task WriteBoth()
    {
        ledger.State.Sum = 1;
        var first = ledger.WriteStateAsync();
        ledger.State.Sum = 2;
        return Task.WhenAll(first, ledger.WriteStateAsync());
    }
}

[Alias("test.IHomelessGrain")]
public interface IHomelessGrain : IGrainWithStringKey
{
    [Alias("Call")] Task Call();
}

/// <summary>Asks for a storage that nobody has added.</summary>
public sealed class HomelessGrain([PersistentState("state", "nowhere")] IPersistentState<Ledger> state) : Grain, IHomelessGrain
{
    public Task Call() => Task.FromResult(state.State);
}
