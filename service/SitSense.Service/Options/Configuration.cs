using Microsoft.Extensions.Configuration;

namespace SitSense.Service.Options;

/// <summary>
/// Gathers the options' texts: <c>appsettings.json</c> beside the program, the one in the current directory, the environment
/// (<c>SITSENSE_Section__Key</c>), the command line (<c>--Section:Key=value</c>). Later wins.
/// </summary>
public static class Configuration
{
    const string File = "appsettings.json", EnvironmentPrefix = "SITSENSE_";

    /// <summary>Gathers them.</summary>
    /// <param name="commandLine">The options that <see cref="TakeFrom"/> took.</param>
    /// <exception cref="WrongOptions">A file cannot be read, or the command line names an option that does not exist.</exception>
    public static IConfiguration Gather(IReadOnlyDictionary<string, string?> commandLine)
    {
        var unknown = commandLine.Keys.Where(name => !IsKnown(name)).Select(name => $"--{name}: there is no such option.").ToList();
        if (unknown.Count > 0)
            throw new WrongOptions(unknown);
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, File), optional: true)
                .AddJsonFile(Path.Combine(Directory.GetCurrentDirectory(), File), optional: true)
                .AddEnvironmentVariables(EnvironmentPrefix)
                .AddInMemoryCollection(commandLine)
                .Build();
        }
        catch (InvalidDataException problem)
        {
            throw new WrongOptions([$"{problem.Message} {problem.InnerException?.Message}".ReplaceLineEndings(" ")]);
        }
    }

    /// <summary>Takes <c>--Section:Key=value</c> and <c>--Section:Key value</c> out of a command line; the rest is the command's own.</summary>
    public static (Dictionary<string, string?> Options, string[] Others) TakeFrom(IReadOnlyList<string> arguments)
    {
        var options = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var rest = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i].Split('=', 2)[0];
            if (!name.StartsWith("--", StringComparison.Ordinal) || !name.Contains(':'))
                rest.Add(arguments[i]);
            else if (name.Length < arguments[i].Length)
                options[name[2..]] = arguments[i][(name.Length + 1)..];
            else
                options[name[2..]] = i + 1 < arguments.Count ? arguments[++i] : "";
        }
        return (options, rest.ToArray());
    }

    static bool IsKnown(string name) => SitSenseOptions.Names.Any(known => known.EndsWith(':')
        ? name.Length > known.Length && name.StartsWith(known, StringComparison.OrdinalIgnoreCase) : name.Equals(known, StringComparison.OrdinalIgnoreCase));
}
