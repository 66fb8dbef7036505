using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Contracts.Viewers;

namespace Orleans.Story.Contracts;

/// <summary>Finds grains by typed keys, so that no call site formats one.</summary>
public static class GrainKeys
{
    /// <summary>The one hall, and the one pool, of a deployment that has one.</summary>
    public const string Main = "main";

    /// <summary>The session.</summary>
    public static ISessionGrain Session(this IGrainFactory grains, SessionId id) => grains.GetGrain<ISessionGrain>(id.Value);

    /// <summary>A shard of a session's audience.</summary>
    public static IAudienceGrain Audience(this IGrainFactory grains, AudienceKey key) => grains.GetGrain<IAudienceGrain>(key.ToString());

    /// <summary>A beat.</summary>
    public static IBeatGrain Beat(this IGrainFactory grains, BeatKey key) => grains.GetGrain<IBeatGrain>(key.ToString());

    /// <summary>A film.</summary>
    public static IFilmGrain Film(this IGrainFactory grains, string slug) => grains.GetGrain<IFilmGrain>(slug);

    /// <summary>A viewer.</summary>
    public static IViewerGrain Viewer(this IGrainFactory grains, ViewerId id) => grains.GetGrain<IViewerGrain>(id.Value);

    /// <summary>The hall.</summary>
    public static IHallGrain Hall(this IGrainFactory grains, string name = Main) => grains.GetGrain<IHallGrain>(name);

    /// <summary>An account as versions before the staff book kept it.</summary>
    public static IStaffGrain Staff(this IGrainFactory grains, string name) => grains.GetGrain<IStaffGrain>(name.ToLowerInvariant());

    /// <summary>Every staff account of the house.</summary>
    public static IStaffBookGrain StaffBook(this IGrainFactory grains, string name = Main) => grains.GetGrain<IStaffBookGrain>(name);

    /// <summary>The audit log of the house.</summary>
    public static IAuditGrain Audit(this IGrainFactory grains, string name = Main) => grains.GetGrain<IAuditGrain>(name);

    /// <summary>A session's asides.</summary>
    public static IAsideGrain Aside(this IGrainFactory grains, SessionId session) => grains.GetGrain<IAsideGrain>(session.ToString());

    /// <summary>The inference pool.</summary>
    public static IInferencePoolGrain Pool(this IGrainFactory grains) => grains.GetGrain<IInferencePoolGrain>(Main);

    /// <summary>An inference worker.</summary>
    public static IInferenceWorkerGrain Worker(this IGrainFactory grains, string id) => grains.GetGrain<IInferenceWorkerGrain>(id);
}
