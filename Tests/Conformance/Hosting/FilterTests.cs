using Orleans.Hosting;
using Orleans.Story.Tests.Conformance.Grains;
using Orleans.Story.Tests.Conformance.Support;

namespace Orleans.Story.Tests.Conformance.Hosting;

public sealed class FilterTests
{
    [Fact]
    public async Task Filters_stand_around_every_call_in_their_order()
    {
        var board = new Board();
        await using var cluster = await OneSilo.Start(builder => builder.ConfigureSilo((_, silo) => silo
            .AddIncomingGrainCallFilter(new Naming(board, "outer"))
            .AddIncomingGrainCallFilter(context => Naming.Around(board, "inner", context))));

        (await cluster.Client.GetGrain<IEchoGrain>("x").Word("hello")).ShouldBe("hello");
        board.SaidBy("filter").ShouldBe(["outer in Word of echo/x EchoGrain", "inner in Word of echo/x EchoGrain", "inner out hello", "outer out hello"]);
    }

    [Fact]
    public async Task A_filter_sees_faults_and_may_change_the_answer()
    {
        var board = new Board();
        await using var cluster = await OneSilo.Start(builder => builder.ConfigureSilo((_, silo) => silo.AddIncomingGrainCallFilter<Changing>()));
        var echo = cluster.Client.GetGrain<IEchoGrain>("x");

        (await echo.Word("hello")).ShouldBe("hello changed");
        (await Should.ThrowAsync<KnownException>(() => echo.Throw("plain"))).Message.ShouldBe("seen: as written");
    }

    [Fact]
    public async Task A_filter_knows_the_calling_grain()
    {
        var board = new Board();
        await using var cluster = await OneSilo.Start(builder => builder.ConfigureSilo((_, silo) => silo.AddIncomingGrainCallFilter(async context =>
        {
            if (context.Grain is EchoGrain && string.Equals(context.MethodName, nameof(IEchoGrain.Word), StringComparison.Ordinal))
            {
                board.Say($"filter:{context.SourceId}");
            }

            await context.Invoke();
        })));
        await cluster.Client.GetGrain<IEchoGrain>("x").Ask(cluster.Client.GetGrain<IEchoGrain>("y"), "what");
        board.SaidBy("filter").ShouldBe(["echo/x"]);
    }

    private sealed class Naming(Board board, string name) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => Around(board, name, context);

        public static async Task Around(Board board, string name, IIncomingGrainCallContext context)
        {
            if (context.Grain is not EchoGrain)
            {
                await context.Invoke();
                return;
            }

            context.InterfaceMethod.DeclaringType.ShouldBe(typeof(IEchoGrain));
            context.ImplementationMethod.DeclaringType.ShouldBe(typeof(EchoGrain));
            context.TargetContext.GrainId.ShouldBe(context.TargetId);
            context.InterfaceName.ShouldBe(typeof(IEchoGrain).FullName);
            board.Say($"filter:{name} in {context.MethodName} of {context.TargetId} {context.Grain.GetType().Name}");
            await context.Invoke();
            board.Say($"filter:{name} out {context.Result}");
        }
    }

    private sealed class Changing : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            try
            {
                await context.Invoke();
                if (context.Grain is EchoGrain && context.Result is string word)
                {
                    context.Result = word + " changed";
                }
            }
            catch (InvalidOperationException exception) when (context.Grain is EchoGrain)
            {
                throw new KnownException("seen: " + exception.Message);
            }
        }
    }
}
