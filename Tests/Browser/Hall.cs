using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Tests.Browser;

/// <summary>The product itself on a free port: engine, storage in a fresh folder, the shipped film, the built pages.</summary>
internal sealed class Hall : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _data;

    private Hall(WebApplication app, string data) => (_app, _data) = (app, data);

    /// <summary>The address that the hall tells phones, on the network and not a secure context.</summary>
    public string Origin => Address.Origin;

    /// <summary>The address for whoever sits at the machine.</summary>
    public string Local => Address.Local;

    /// <summary>What the first start prints.</summary>
    public string FirstPassword => _app.Services.GetRequiredService<HallOpening>().FirstPassword ?? throw new InvalidOperationException("No first start.");

    private HallAddress Address => _app.Services.GetRequiredService<HallAddress>();

    /// <param name="stop">Gives up the opening.</param>
    public static async Task<Hall> Open(CancellationToken stop)
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "web", "index.html")))
        {
            Assert.Skip("The gateway was built without its pages (SkipWeb). Build it again with Node.js 20 or newer installed.");
        }

        var data = Directory.CreateTempSubdirectory("story-browser-").FullName;
        var app = GatewayHost.Build(new GatewayOptions { Port = 0, Bind = "*", Data = data, Settings = await OwnFilms(data, stop) });
        var hall = new Hall(app, data);
        try
        {
            await app.StartAsync(stop);
            hall.Address.ListensOn(BindingAddress.Parse(app.Urls.First()).Port);
            return hall;
        }
        catch
        {
            await hall.DisposeAsync();
            throw;
        }
    }

    /// <summary>The shipped films in a folder of the hall's own: what a test puts on the shelf is nobody else's.</summary>
    private static async Task<string> OwnFilms(string data, CancellationToken stop)
    {
        var (shipped, own) = (Path.Combine(AppContext.BaseDirectory, "Films"), Path.Combine(data, "films"));
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(own, Path.GetRelativePath(shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var settings = Path.Combine(data, "settings.json");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new { Story = new { Films = own } }), stop);
        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
