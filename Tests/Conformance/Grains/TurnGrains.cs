namespace Orleans.Story.Tests.Conformance.Grains;

/// <summary>A grain whose calls can be held open, so that a test sees which others start beside them.</summary>
public interface ITurns
{
    /// <summary>Says "key:in name", waits for the gate, says "key:out name".</summary>
    [Alias("Hold")] Task Hold(string name, string gate);

    [Alias("Mark")] Task Mark(string name);

    [Alias("Reading"), ReadOnly] Task Reading(string name, string gate);

    [Alias("Interleaved"), AlwaysInterleave] Task Interleaved(string name);

    /// <summary>Calls that grain, and through it this one again.</summary>
    [Alias("Round")] Task<string> Round(string through);

    [Alias("Back")] Task<string> Back(string to);

    [Alias("Called"), ResponseTimeout("00:00:02")] Task<string> Called();

    [Alias("CalledInterleaved"), AlwaysInterleave] Task<string> CalledInterleaved();

    [Alias("BackInterleaved")] Task<string> BackInterleaved(string to);

    [Alias("RoundInterleaved")] Task<string> RoundInterleaved(string through);

    /// <summary>Counts up without guarding: only turns keep it right.</summary>
    [Alias("Count")] Task<int> Count(int times);
}

[Alias("test.IStrictGrain")]
public interface IStrictGrain : IGrainWithStringKey, ITurns;

[Alias("test.ILooseGrain")]
public interface ILooseGrain : IGrainWithStringKey, ITurns;

public abstract class TurnsGrain(Support.Board board) : Grain
{
    private int _count;

    private string Key => this.GetPrimaryKeyString();

    public async Task Hold(string name, string gate)
    {
        board.Say($"{Key}:in {name}");
        await board.Gate(gate);
        board.Say($"{Key}:out {name}");
    }

    public Task Mark(string name)
    {
        board.Say($"{Key}:{name}");
        return Task.CompletedTask;
    }

    public Task Reading(string name, string gate) => Hold(name, gate);

    public Task Interleaved(string name) => Mark(name);

    public Task<string> Called() => Task.FromResult($"{Key} called");

    public Task<string> CalledInterleaved() => Called();

    public async Task<int> Count(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var before = _count;
            await Task.Yield();
            _count = before + 1;
        }

        return _count;
    }
}

public sealed class StrictGrain(Support.Board board) : TurnsGrain(board), IStrictGrain
{
    public Task<string> Round(string through) => GrainFactory.GetGrain<IStrictGrain>(through).Back(this.GetPrimaryKeyString());

    public Task<string> Back(string to) => GrainFactory.GetGrain<IStrictGrain>(to).Called();

    public Task<string> RoundInterleaved(string through) => GrainFactory.GetGrain<IStrictGrain>(through).BackInterleaved(this.GetPrimaryKeyString());

    public Task<string> BackInterleaved(string to) => GrainFactory.GetGrain<IStrictGrain>(to).CalledInterleaved();
}

[Reentrant]
public sealed class LooseGrain(Support.Board board) : TurnsGrain(board), ILooseGrain
{
    public Task<string> Round(string through) => GrainFactory.GetGrain<ILooseGrain>(through).Back(this.GetPrimaryKeyString());

    public Task<string> Back(string to) => GrainFactory.GetGrain<ILooseGrain>(to).Called();

    public Task<string> RoundInterleaved(string through) => GrainFactory.GetGrain<ILooseGrain>(through).BackInterleaved(this.GetPrimaryKeyString());

    public Task<string> BackInterleaved(string to) => GrainFactory.GetGrain<ILooseGrain>(to).CalledInterleaved();
}
