namespace SitSense.Testing;

/// <summary>Where the sources under test lie.</summary>
public static class Repository
{
    /// <summary>The folder of SitSense.sln.</summary>
    public static string Root { get; } = Find();

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "SitSense.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No SitSense.sln above {AppContext.BaseDirectory}.");
    }
}
