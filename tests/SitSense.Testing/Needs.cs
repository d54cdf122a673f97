using Xunit;

namespace SitSense.Testing;

/// <summary>
/// What a test needs of the machine. What is missing skips the test by name and reason; with <c>SITSENSE_REQUIRE=all</c> it fails it.
/// </summary>
public static class Needs
{
    static readonly bool Required = Environment.GetEnvironmentVariable("SITSENSE_REQUIRE") == "all";

    /// <summary>The full path of a program on PATH or in the places where Debian keeps servers.</summary>
    public static string Program(string name, string debianPackage)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Append("/usr/local/sbin");
        var path = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Have(path is not null, $"needs the program {name} (Debian: apt-get install {debianPackage})");
        return path!;
    }

    /// <summary>The folder of labelled recordings: <c>SITSENSE_RECORDINGS</c>, else <c>../shared/data</c> beside the repository.</summary>
    public static string Recordings(string set)
    {
        var root = Environment.GetEnvironmentVariable("SITSENSE_RECORDINGS") ?? Path.Combine(Repository.Root, "..", "shared", "data");
        var folder = Path.GetFullPath(Path.Combine(root, set));
        Have(Directory.Exists(folder), $"needs the recordings '{set}' (looked in {root}; SITSENSE_RECORDINGS names another folder)");
        return folder;
    }

    /// <summary>Skips, or with <c>SITSENSE_REQUIRE=all</c> fails, the running test unless <paramref name="present"/>.</summary>
    public static void Have(bool present, string reason)
    {
        if (Required)
            Assert.True(present, reason);
        Assert.SkipUnless(present, reason);
    }
}
