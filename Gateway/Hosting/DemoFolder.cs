namespace Orleans.Story.Gateway.Hosting;

/// <summary>The demo's own data folder, fresh at each start and never anybody else's.</summary>
internal static class DemoFolder
{
    private const string Marker = "made-by-the-demo.txt";

    /// <summary>
    /// Empties and makes <c>demo</c> under the data folder and answers its path.
    /// </summary>
    /// <exception cref="IOException">The folder is there and was not made by a demo, or another demo is using it.</exception>
    public static string Fresh(string data)
    {
        var folder = Path.Combine(data, "demo");
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
