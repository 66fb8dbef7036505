using System.Globalization;

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
            throw new StorageRefusedException($"The data folder {folder} cannot be written by this user.", exception);
        }
        catch (IOException exception)
        {
            throw new StorageRefusedException(
                ReadPid(pidPath) is { } pid
                    ? $"The data folder {folder} is in use by process {pid}. Stop that one, or give this one a folder of its own."
                    : $"The data folder {folder} cannot be locked: {exception.Message}",
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
