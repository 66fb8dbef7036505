using System.Globalization;
using Orleans.Story.Contracts;

namespace Orleans.Story.Storage.Sqlite;

/// <summary>
/// Keeps a second process off a data folder for as long as it is held; the operating system lets go when the process dies.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _pidPath;

    private DataFolderLock(FileStream file, string pidPath)
    {
        _file = file;
        _pidPath = pidPath;
        try
        {
            File.WriteAllText(pidPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // A full disk: the lock holds all the same, and a wrong name must not be left to be blamed.
            File.Delete(pidPath);
        }
    }

    /// <summary>Creates the folder when missing and takes its lock.</summary>
    /// <exception cref="StorageRefusedException">Another process has it, or the folder cannot be written.</exception>
    public static DataFolderLock Take(string folder)
    {
        // The holder's pid stands beside the lock: a file held exclusively cannot be read by the process it keeps out.
        var pidPath = Path.Combine(folder, ".lock.pid");
        try
        {
            Create(folder);
            return new DataFolderLock(new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), pidPath);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StorageRefusedException(Text.Both(
                $"The data folder {folder} cannot be written by this user.", $"当前用户无法写入数据文件夹 {folder}。"), exception);
        }
        catch (IOException exception)
        {
            throw new StorageRefusedException(
                ReadPid(pidPath) is { } pid
                    ? Text.Both(
                        $"The program is running already: the data folder {folder} is in use by process {pid}. Look for its window and stop it there with Ctrl+C, or give this one a folder of its own with --data.",
                        $"程序已在运行：数据文件夹 {folder} 正被进程 {pid} 使用。请找到那个窗口，按 Ctrl+C 停止，或用 --data 为这一个另设文件夹。")
                    : Text.Both($"The data folder {folder} cannot be locked: {exception.Message}", $"数据文件夹 {folder} 无法锁定：{exception.Message}"),
                exception);
        }
    }

    public void Dispose()
    {
        File.Delete(_pidPath);
        _file.Dispose();
    }

    private static void Create(string folder)
    {
        // Who sat where is nobody else's to read. A folder that exists keeps the rights its owner gave it.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string? ReadPid(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
