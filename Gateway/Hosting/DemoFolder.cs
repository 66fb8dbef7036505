namespace Orleans.Story.Gateway.Hosting;

/// <summary>The demo's own data folder, fresh at each start and never anybody else's.</summary>
internal static class DemoFolder
{
    private const string Marker = "made-by-the-demo.txt";

    /// <summary>Demos at once on one data folder; nobody runs ten by intention.</summary>
    private const int Most = 9;

    /// <summary>
    /// Empties and makes <c>demo</c> under the data folder and answers its path; <c>demo-2</c> and so on while another demo
    /// is using the one before.
    /// </summary>
    /// <exception cref="IOException">The folder is there and was not made by a demo, or too many demos run.</exception>
    public static string Fresh(string data)
    {
        for (var n = 1; n <= Most; n++)
        {
            var folder = Path.Combine(data, n == 1 ? "demo" : $"demo-{n}");
            if (!IsInUse(folder)) return Empty(folder);
        }

        throw new IOException($"{Most} demos are running on {data}. Give this one another folder with --data.");
    }

    /// <summary>A running hall holds the folder's lock file open and lets nobody else open it.</summary>
    private static bool IsInUse(string folder)
    {
        var file = Path.Combine(folder, ".lock");
        if (!File.Exists(file)) return false;
        try
        {
            using var probe = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static string Empty(string folder)
    {
        if (Directory.Exists(folder))
        {
            if (Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(Path.Combine(folder, Marker)))
            {
                throw new IOException($"{folder} was not made by a demo, so the demo will not empty it. Give another folder with --data.");
            }

            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Marker), "The demo empties this folder at each start.\n");
        return folder;
    }
}
