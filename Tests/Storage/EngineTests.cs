using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.Story.Storage;
using Orleans.Story.Storage.GrainState;
using Orleans.Story.Storage.Writing;
using Orleans.Story.Tests.Storage.Support;
using Orleans.TestingHost;

namespace Orleans.Story.Tests.Storage;

[Alias("storage.test.INotebookGrain")]
public interface INotebookGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task Write(string text);

    [Alias("Read")]
    Task<string> Read();

    [Alias("Clear")]
    Task Clear();

    [Alias("WakeMe")]
    Task WakeMe();

    [Alias("IsToBeWoken")]
    Task<bool> IsToBeWoken();
}

public sealed class Notebook
{
    public string Text { get; set; } = "";
}

public sealed class NotebookGrain([PersistentState("notebook")] IPersistentState<Notebook> state) : Grain, INotebookGrain, IRemindable
{
    public Task Write(string text)
    {
        state.State.Text = text;
        return state.WriteStateAsync();
    }

    public Task<string> Read() => Task.FromResult(state.State.Text);

    public Task Clear() => state.ClearStateAsync();

    public Task WakeMe() => this.RegisterOrUpdateReminder("wake", TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    public async Task<bool> IsToBeWoken() => await this.GetReminder("wake") is not null;

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}

/// <summary>The storage under the engine that is built: the same tests, whichever it is.</summary>
public sealed class EngineTests : IDisposable
{
    private readonly SqliteDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task State_and_reminders_outlive_the_process()
    {
        await using (var cluster = await Start())
        {
            var grain = cluster.Client.GetGrain<INotebookGrain>("a");
            (await grain.Read()).ShouldBe("");
            await grain.Write("first");
            await grain.Write("下一拍");
            await grain.WakeMe();
        }

        await using (var cluster = await Start())
        {
            var grain = cluster.Client.GetGrain<INotebookGrain>("a");
            (await grain.Read()).ShouldBe("下一拍");
            (await grain.IsToBeWoken()).ShouldBeTrue();
            (await cluster.Client.GetGrain<INotebookGrain>("b").IsToBeWoken()).ShouldBeFalse();
            await grain.Clear();
            (await grain.Read()).ShouldBe("");
        }
    }

    [Fact]
    public async Task A_grain_that_lost_its_state_to_another_writer_reads_it_again()
    {
        await using var cluster = await Start();
        var grain = cluster.Client.GetGrain<INotebookGrain>("a");
        await grain.Write("mine");
        await WriteBehindItsBack(cluster, grain.GetGrainId(), "theirs");

        await Should.ThrowAsync<InconsistentStateException>(grain.Write("mine again"));
        await cluster.WaitForDeactivationAsync(grain);
        (await grain.Read()).ShouldBe("theirs");
        await grain.Write("agreed");
        (await grain.Read()).ShouldBe("agreed");
    }

    private static async Task WriteBehindItsBack(InProcessTestCluster cluster, GrainId id, string text)
    {
        var services = cluster.GetSiloServiceProvider();
        var storage = new SqliteGrainStorage(services.GetRequiredService<StoryStore>(), services.GetRequiredService<EtagCounter>());
        var state = new GrainState<Notebook>();
        await storage.ReadStateAsync("notebook", id, state);
        state.State!.Text = text;
        await storage.WriteStateAsync("notebook", id, state);
    }

    private async Task<InProcessTestCluster> Start()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddStoryStorage(_database.Options);
            silo.AddSqliteGrainStorage();
            silo.UseSqliteReminders();
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
