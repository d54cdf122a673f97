using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SitSense.Service.Commands;

namespace SitSense.Service.Tests.Commands;

/// <summary>Runs command lines in this process, in a folder of their own.</summary>
sealed class CommandRun : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("sitsense-commands-").FullName;

    public string Store => Path.Combine(Folder, "store");

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>Runs one over the folder's store; the exit code.</summary>
    public async Task<int> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync([.. arguments, $"--Store:Folder={Store}", "--Wearer:Zone=Europe/Berlin"], output, error, default);
        (Output, Error) = (output.ToString(), error.ToString());
        return code;
    }

    /// <summary>Runs one that must work.</summary>
    public async Task<string> OutputOfAsync(params string[] arguments)
    {
        Assert.True(await RunAsync(arguments) == 0, Error);
        return Output;
    }

    public async Task<JsonElement[]> DaysAsync(params string[] arguments) =>
        [.. JsonDocument.Parse(await OutputOfAsync(["report", .. arguments, "--json"])).RootElement.EnumerateArray()];

    public string File(string name, params string[] lines)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllLines(path, lines);
        return path;
    }

    public string Gzip(string path)
    {
        using (var packed = new GZipStream(System.IO.File.Create($"{path}.gz"), CompressionLevel.Fastest))
            packed.Write(System.IO.File.ReadAllBytes(path));
        return $"{path}.gz";
    }

    public void Dispose() => Directory.Delete(Folder, true);
}
