using Microsoft.Extensions.Configuration;

namespace Orleans.Hosting
{
    /// <summary>Puts a silo together.</summary>
    public interface ISiloBuilder
    {
        /// <summary>The host's services; the silo has no others.</summary>
        IServiceCollection Services { get; }

        /// <summary>The host's configuration.</summary>
        IConfiguration Configuration { get; }
    }

    /// <summary>Puts a client together.</summary>
    public interface IClientBuilder
    {
        /// <summary>The client's services.</summary>
        IServiceCollection Services { get; }

        /// <summary>The client's configuration.</summary>
        IConfiguration Configuration { get; }
    }
}

namespace Orleans.Story.Embedded
{
    internal sealed record SiloBuilder(IServiceCollection Services, IConfiguration Configuration) : Hosting.ISiloBuilder, Hosting.IClientBuilder;
}
