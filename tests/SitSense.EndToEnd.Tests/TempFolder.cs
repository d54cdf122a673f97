namespace SitSense.EndToEnd.Tests;

/// <summary>A folder for one test.</summary>
sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sitsense-end-to-end-").FullName;

    public void Dispose() => Directory.Delete(Path, true);
}
