using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Grains.Journal;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Staff;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Grains.Staff;

/// <inheritdoc cref="IAuditGrain"/>
public sealed class AuditGrain(IJournal journal, TimeProvider time) : Grain, IAuditGrain
{
    /// <summary>The stream's name.</summary>
    public const string Stream = "staff/audit";

    /// <summary>Entries read from the journal at once, backwards.</summary>
    private const int Stretch = 256;

    private readonly EventStream<AuditEvent> stream = new(journal, EventCodecs.Audit, Stream);
    private long version;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // The list of streams knows the last version without reading the log.
        foreach (var known in await journal.ListAsync(Stream, cancellationToken))
        {
            if (string.Equals(known.Stream, Stream, StringComparison.Ordinal)) version = known.Version;
        }
    }

    /// <inheritdoc/>
    public async Task<Outcome> Note(AuditEntry entry)
    {
        var dated = entry with { AtMs = time.GetUtcNow().ToUnixTimeMilliseconds() };
        try
        {
            for (var attempt = 0; attempt < 3; attempt++)
            {
                var result = await stream.AppendAsync(version, [new StaffActed(dated)]);
                version = result.Version;
                if (result.Status == AppendStatus.Appended) return Outcome.Done;
                if (result.Status == AppendStatus.Busy) break;
            }
        }
        catch (JournalUnavailableException)
        {
            // Whether it was written is read again before the next; the journal's own health says why.
            this.DeactivateOnIdle();
        }

        return new Outcome(StaffRefusals.Busy);
    }

    /// <inheritdoc/>
    public async Task<AuditPage> Read(AuditQuery query)
    {
        var most = Math.Clamp(query.Most, 1, AuditReading.MostRows);
        var before = query.Before <= 0 ? version + 1 : Math.Min(query.Before, version + 1);
        var rows = ImmutableArray.CreateBuilder<AuditRow>();
        for (var looked = 0; before > 1 && rows.Count < most && looked < AuditReading.MostLookedAt;)
        {
            var first = Math.Max(1, before - Stretch);
            var stretch = await Between(first, before);
            for (var i = stretch.Count - 1; i >= 0 && rows.Count < most; i--)
            {
                before = stretch[i].Number;
                looked++;
                if (AuditReading.Fits(query, stretch[i].Entry)) rows.Add(stretch[i]);
            }

            if (stretch.Count == 0) break;
        }

        return new AuditPage(rows.ToImmutable(), before > 1 ? before : 0);
    }

    /// <summary>The entries from one number up to, not with, another.</summary>
    private async Task<List<AuditRow>> Between(long first, long end)
    {
        var rows = new List<AuditRow>();
        await foreach (var row in journal.ReadAsync(Stream, first - 1))
        {
            if (row.Version >= end) break;
            if (EventCodecs.Audit.Read(row.Type, row.Format, row.Body.Span) is StaffActed { Entry: { } entry }) rows.Add(new AuditRow(row.Version, entry));
        }

        return rows;
    }
}
