using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage.Sqlite;

/// <summary>
/// The file <c>hall.last</c>: the first journal row of the last transaction that was acknowledged. SQLite cuts a
/// write-ahead log at the first frame whose checksum fails and says nothing; by this row an opening sees that something
/// acknowledged went with it, or that an older <c>hall.db</c> lies in the place of the right one.
/// </summary>
/// <remarks>
/// Written after COMMIT and before the answers, in one piece and not synced: a killed process leaves it whole, a power
/// failure may leave an older one. Older is still true, so it never raises a false alarm; before events are removed, which
/// happens to rehearsals alone, a note that names none of them is synced.
/// </remarks>
internal sealed class LastAcknowledged : IDisposable
{
    private const string FileName = "hall.last";

    /// <summary>More than the longest stream name takes.</summary>
    private const int Bytes = 1024;

    private readonly string _folder;
    private readonly SafeFileHandle _file;
    private readonly byte[] _block = new byte[Bytes];

    /// <summary>Opens the file, whose folder is locked by now.</summary>
    /// <exception cref="StorageRefusedException">It cannot be written.</exception>
    public LastAcknowledged(string folder)
    {
        _folder = folder;
        try
        {
            _file = File.OpenHandle(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageRefusedException(
                JournalTrouble.Unreachable, JournalTroubles.Sentence(JournalTrouble.Unreachable, folder, isFile: true, exception.Message), exception);
        }
    }

    /// <summary>Notes a transaction; one that touched tables only leaves the note before.</summary>
    public void Is(Mark mark)
    {
        if (mark.Stream is null)
            return;
        var note = string.Create(CultureInfo.InvariantCulture, $"{mark.Version} {mark.Batch:N} {mark.Stream}");
        Write(string.Create(CultureInfo.InvariantCulture, $"{Check(note):x8} {note}"));
    }

    /// <summary>Whether the noted row is in a stream, or in one whose name begins so.</summary>
    public bool IsOf(string stream, string prefix) =>
        Read()?.Stream is { } noted && (string.Equals(noted, stream, StringComparison.Ordinal) || noted.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Notes that there is nothing to hold the database to.</summary>
    public void IsNone() => Write("");

    /// <summary>Has the note on disk: an older one would name events that are about to be removed, and be taken for a loss after a power failure.</summary>
    public void Sync() => RandomAccess.FlushToDisk(_file);

    private void Write(string line)
    {
        _block.AsSpan().Fill((byte)' ');
        var written = Encoding.UTF8.GetBytes(line, _block);
        _block[written] = (byte)'\n';
        try
        {
            RandomAccess.Write(_file, _block, 0);
        }
        catch (IOException)
        {
            // The note before stands, and is as true as it was.
        }
    }

    /// <summary>Refuses a database that lacks the noted row.</summary>
    /// <exception cref="StorageRefusedException">It does.</exception>
    public void MustBeIn(SqliteConnection connection)
    {
        if (Read() is not { } mark || IsIn(mark, connection))
            return;
        var kept = KeepLog();
        throw new StorageRefusedException(JournalTrouble.Damaged, Text.Both(
            $"hall.db in {_folder} lacks what was acknowledged: event {mark.Version} of {mark.Stream} was on disk and is there no more. "
            + $"Its log hall.db-wal is damaged, or an older hall.db was put in its place.{(kept is null ? "" : $" The log as it was found is kept as {kept}.")} "
            + $"Put hall.db and hall.db-wal back together, or restore the last backup. To go on without what is missing, delete {FileName}.",
            $"{_folder} 中的 hall.db 缺少已确认的内容：{mark.Stream} 的第 {mark.Version} 个事件曾写入磁盘，现在却不在了。"
            + $"原因是日志 hall.db-wal 已损坏，或 hall.db 被旧文件替换。{(kept is null ? "" : $"发现时的日志已保存为 {kept}。")}"
            + $"请把 hall.db 与 hall.db-wal 一起放回，或恢复最近的备份；如要放弃缺失的内容继续运行，请删除 {FileName}。"));
    }

    public void Dispose() => _file.Dispose();

    private static uint Check(string note) => Fnv.Hash32(Encoding.UTF8.GetBytes(note));

    private static bool IsIn(Mark mark, SqliteConnection connection)
    {
        try
        {
            return mark.IsIn(connection, "");
        }
        catch (SqliteException exception) when (JournalTroubles.Of(exception) is null)
        {
            // There is no such table: the file is new and the note is not.
            return false;
        }
    }

    /// <summary>The note, or <see langword="null"/> when there is none that can be read.</summary>
    private Mark? Read()
    {
        var block = new byte[Bytes];
        var length = RandomAccess.Read(_file, block, 0);
        if (Encoding.UTF8.GetString(block, 0, length).TrimEnd().Split(' ', 4) is not [var check, var version, var batch, var stream])
            return null;
        return check == Check($"{version} {batch} {stream}").ToString("x8", CultureInfo.InvariantCulture)
            && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Guid.TryParseExact(batch, "N", out var id)
            ? new Mark(stream, number, id)
            : null;
    }

    /// <summary>Closing the connection moves what is left of the log into the database and deletes the log; what cannot be read of it may still be salvaged.</summary>
    private string? KeepLog()
    {
        var log = new FileInfo(Path.Combine(_folder, "hall.db-wal"));
        if (log is not { Exists: true, Length: > 0 })
            return null;
        const string Kept = "hall.db-wal.kept";
        if (!File.Exists(Path.Combine(_folder, Kept)))
            log.CopyTo(Path.Combine(_folder, Kept));
        return Kept;
    }
}
