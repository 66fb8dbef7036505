using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Storage.Writing;
using SQLitePCL;

namespace Orleans.Story.Storage.Sqlite;

/// <summary>Looks through a database file for pages that are not what they should be, before anybody votes on it.</summary>
internal static class Damage
{
    /// <summary>Instructions of SQLite's machine between two looks at the clock: well under a millisecond.</summary>
    private const int Steps = 10_000;

    private const int Interrupted = 9;

    /// <summary>
    /// Reads every page's structure, for as long as <paramref name="most"/> allows: a hall must be back in seconds, and
    /// what was not looked at speaks up when it is read. SQLite has no checksum of content; a letter that changed inside a
    /// body is not seen here.
    /// </summary>
    /// <exception cref="StorageRefusedException">A page is damaged; the message names it.</exception>
    public static void LookFor(SqliteConnection connection, string place, TimeSpan most)
    {
        var started = Stopwatch.GetTimestamp();
        raw.sqlite3_progress_handler(connection.Handle, Steps, _ => Stopwatch.GetElapsedTime(started) > most ? 1 : 0, null);
        try
        {
            var found = Sql.Scalar(connection, "pragma quick_check(1)") as string;
            if (!string.Equals(found, "ok", StringComparison.Ordinal))
                throw new StorageRefusedException(JournalTrouble.Damaged, JournalTroubles.Sentence(JournalTrouble.Damaged, place, isFile: true, found?.ReplaceLineEndings(" ") ?? "no answer"));
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == Interrupted)
        {
            // Not all of it; what was looked at is sound.
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle, 0, null, null);
        }
    }
}
