using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Storage.Writing;

/// <summary>What a database's own words mean for a hall, and what to do about it.</summary>
internal static class JournalTroubles
{
    // sqlite.org/rescode.html
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;
    private const int SqliteIoErrorData = SqliteIoError | (32 << 8);
    private const int SqliteIoErrorCorruptFileSystem = SqliteIoError | (33 << 8);

    /// <summary>Error, constraint, mismatch, misuse, range: the statement's fault and nobody else's.</summary>
    private static readonly int[] SqliteOwnFaults = [1, 19, 20, 21, 25];

    private const int NoSpaceUnix = 28;
    private const int NoSpaceWindows = unchecked((int)0x80070070);

    /// <summary>The trouble behind an exception; <see langword="null"/> when one request was wrong and the journal is not to blame.</summary>
    public static JournalTrouble? Of(Exception? exception) => exception switch
    {
        SqliteException sqlite => Of(sqlite),
        PostgresException postgres => OfState(postgres.SqlState),
        NpgsqlException or TimeoutException or UnauthorizedAccessException => JournalTrouble.Unreachable,
        StorageRefusedException refused => refused.Trouble ?? Of(refused.InnerException) ?? JournalTrouble.Other,
        IOException io => io.HResult is NoSpaceUnix or NoSpaceWindows ? JournalTrouble.DiskFull : JournalTrouble.Unreachable,
        // A connection that was given up under the statement.
        ObjectDisposedException or InvalidOperationException => JournalTrouble.Unreachable,
        DbException => JournalTrouble.Other,
        _ => null,
    };

    /// <summary>Whether trying again in a moment may help; the others last until somebody does something.</summary>
    public static bool MayPass(JournalTrouble? trouble) => trouble is null or JournalTrouble.Unreachable or JournalTrouble.Other;

    /// <summary>What to do, for whoever runs the hall.</summary>
    /// <param name="trouble">What is wrong.</param>
    /// <param name="place">Folder, or server and database.</param>
    /// <param name="isFile">Whether it is SQLite's file.</param>
    /// <param name="words">What the database says.</param>
    public static Text Sentence(JournalTrouble trouble, string place, bool isFile, string words) => (trouble, isFile) switch
    {
        (JournalTrouble.DiskFull, _) => Text.Both(
            $"No space is left for {place}, so no ballot can be acknowledged. Free some space; voting goes on by itself within seconds, and what was acknowledged stands.",
            $"{place} 的存储空间已满，选票暂时无法确认。请腾出空间，几秒内会自动恢复；已确认的选票不受影响。"),
        (JournalTrouble.Locked, true) => Text.Both(
            $"Another program holds the database in {place}: a backup, or an open SQLite shell. Close it; voting goes on by itself, and what was acknowledged stands.",
            $"{place} 中的数据库被其他程序占用（例如备份或打开的 SQLite 命令行）。请关闭该程序，投票会自动继续；已确认的选票不受影响。"),
        (JournalTrouble.Locked, false) => Text.Both(
            $"{place} is held by another transaction. End it; voting goes on by itself, and what was acknowledged stands.",
            $"{place} 被另一个事务占用。请结束该事务，投票会自动继续；已确认的选票不受影响。"),
        (JournalTrouble.Damaged, true) => Text.Both(
            $"The database hall.db in {place} is damaged ({words}). Hold the show, stop the program, keep a copy of the whole folder, then restore the last backup or salvage hall.db as docs/design/06-durability.md says.",
            $"{place} 中的数据库 hall.db 已损坏（{words}）。请暂停演出并停止程序，先完整备份该目录，再恢复最近的备份，或按 docs/design/06-durability.md 抢救 hall.db。"),
        (JournalTrouble.Damaged, false) => Text.Both(
            $"{place} is damaged ({words}). Hold the show, stop the program, and restore the database from its backup.",
            $"{place} 已损坏（{words}）。请暂停演出、停止程序，并从备份恢复数据库。"),
        (JournalTrouble.Unreachable, true) => Text.Both(
            $"The disk does not take what is written to {place} ({words}). Check that it is plugged in, not read-only, and that the folder's rights are right; voting goes on by itself, and what was acknowledged stands.",
            $"磁盘无法写入 {place}（{words}）。请检查磁盘是否接好、是否只读，以及目录权限；恢复后投票会自动继续，已确认的选票不受影响。"),
        (JournalTrouble.Unreachable, false) => Text.Both(
            $"{place} does not answer ({words}). Check the server and the network; voting goes on by itself, and what was acknowledged stands.",
            $"{place} 没有响应（{words}）。请检查服务器和网络；恢复后投票会自动继续，已确认的选票不受影响。"),
        _ => Text.Both(
            $"The journal in {place} does not write ({words}). Nothing is acknowledged until it does; what was acknowledged stands. If it lasts, restart the program and read its log.",
            $"{place} 的日志无法写入（{words}）。恢复之前不会确认任何选票，已确认的选票不受影响。如持续出现，请重启程序并查看日志。"),
    };

    /// <summary>What to do while more waits than gets written.</summary>
    public static Text Busy(string place) => Text.Both(
        $"Writing to {place} takes long, and phones are told to send again; they do so by themselves. If it lasts, close other programs on this machine or use a faster disk.",
        $"写入 {place} 较慢，观众手机会自动重发。如持续出现，请关闭本机其他程序或换用更快的磁盘。");

    private static JournalTrouble? Of(SqliteException exception)
    {
        if (exception.SqliteExtendedErrorCode is SqliteIoErrorData or SqliteIoErrorCorruptFileSystem) return JournalTrouble.Damaged;
        return exception.SqliteErrorCode switch
        {
            SqliteFull => JournalTrouble.DiskFull,
            SqliteBusy or SqliteLocked => JournalTrouble.Locked,
            SqliteCorrupt or SqliteNotADatabase => JournalTrouble.Damaged,
            SqliteIoError or SqliteReadOnly or SqliteCannotOpen => JournalTrouble.Unreachable,
            var code when SqliteOwnFaults.Contains(code) => null,
            _ => JournalTrouble.Other,
        };
    }

    /// <summary>postgresql.org/docs/current/errcodes-appendix.html</summary>
    private static JournalTrouble? OfState(string state) => state switch
    {
        "53100" => JournalTrouble.DiskFull,
        "55P03" or "40001" or "40P01" => JournalTrouble.Locked,
        "XX001" or "XX002" => JournalTrouble.Damaged,
        "25006" or "58030" or "53300" or "3D000" => JournalTrouble.Unreachable,
        _ when state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("28", StringComparison.Ordinal) =>
            JournalTrouble.Unreachable,
        // Data, constraints, syntax: the statement's fault.
        _ when state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) || state.StartsWith("42", StringComparison.Ordinal) => null,
        _ => JournalTrouble.Other,
    };
}
