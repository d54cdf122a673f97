namespace SitSense.Service.Options;

/// <summary>Options that cannot be worked with: one line for each mistake, naming its option.</summary>
public sealed class WrongOptions(IReadOnlyList<string> mistakes) : Exception(string.Join(Environment.NewLine, mistakes))
{
    /// <summary>The lines.</summary>
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
