using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage;

/// <summary>
/// Opens the store while the host is starting, ahead of every service's start: a grain never meets a closed journal, and a
/// refusal stops the host with its sentence instead of failing the first call.
/// </summary>
internal sealed class StorageOpener(IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<StoryStore>();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Closing is the container's: whoever still writes while the host stops must find the journal open.
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
