using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Rules.Staff;

namespace Orleans.Story.Gateway.Api;

/// <summary>The audit log, for admins: in pages, and as a table for a spreadsheet.</summary>
internal static class AuditApi
{
    private const int Page = 50;

    /// <summary>Rows of a CSV at most: some seasons of a hall, some megabytes. The newest are in it.</summary>
    private const int MostRows = 20_000;

    private const string Columns = "number,at,by,act,about,session,what,reason,refused,times";

    /// <summary>Maps the calls.</summary>
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit", Read)
            .WithSummary("What staff did, newest first; `before` is the page before's `next`.")
            .RequireAuthorization(Policies.Admin)
            .Produces<AuditPage>()
            .Produces<Refusal>(StatusCodes.Status400BadRequest);
        routes.MapGet("/audit.csv", Csv)
            .WithSummary("The same as a table, the newest 20,000 rows.")
            .RequireAuthorization(Policies.Admin)
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
    }

    private static async Task<IResult> Read(long? before, int? most, string? person, string? session, HttpContext http, IClusterClient cluster)
    {
        if (Query(before ?? 0, most ?? Page, person, session) is not { } query) return Answers.Refuse(Refusals.BadRequest);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(await cluster.Audit().Read(query), Json.Options);
    }

    private static IResult Csv(string? person, string? session, HttpContext http, IClusterClient cluster)
    {
        if (Query(0, AuditReading.MostRows, person, session) is not { } query) return Answers.Refuse(Refusals.BadRequest);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Stream(
            async body =>
            {
                // The mark makes spreadsheets read Chinese as Chinese.
                await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
                await text.WriteAsync(Columns + "\r\n");
                var written = 0;
                do
                {
                    var page = await cluster.Audit().Read(query);
                    foreach (var row in page.Rows)
                    {
                        await text.WriteAsync(Line(row));
                        if (++written == MostRows) return;
                    }

                    query = query with { Before = page.Next };
                }
                while (query.Before > 0 && !http.RequestAborted.IsCancellationRequested);
            },
            "text/csv; charset=utf-8",
            "audit.csv");
    }

    private static AuditQuery? Query(long before, int most, string? person, string? session)
    {
        SessionId? about = null;
        if (!string.IsNullOrEmpty(session))
        {
            if (!SessionId.TryParse(session, out var id)) return null;
            about = id;
        }

        return before < 0 || most < 1 ? null : new AuditQuery(before, Math.Min(most, AuditReading.MostRows), string.IsNullOrWhiteSpace(person) ? null : StaffRules.Fold(person), about);
    }

    /// <summary>A row as RFC 4180 has it.</summary>
    public static string Line(AuditRow row)
    {
        var entry = row.Entry;
        ImmutableArray<string?> cells =
        [
            row.Number.ToString(CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(entry.AtMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            entry.By, entry.Act.ToString(), entry.About, entry.Session?.ToString(), entry.What, entry.Reason, entry.Refused,
            Math.Max(1, entry.Times).ToString(CultureInfo.InvariantCulture),
        ];
        return string.Join(',', cells.Select(Cell)) + "\r\n";
    }

    /// <summary>In quotes; what a spreadsheet would take for a formula is led by an apostrophe (OWASP, CSV injection).</summary>
    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        var plain = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
