using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SitSense.Service.Options;

/// <summary>Reads options by name, type and range, and collects a line for each that is wrong, so that all can be told at once.</summary>
sealed class OptionReader(IConfiguration configuration)
{
    public List<string> Mistakes { get; } = [];

    public string? Text(string name) => configuration[name] is { Length: > 0 } text ? text : null;

    public IEnumerable<IConfigurationSection> Children(string name) => configuration.GetSection(name).GetChildren();

    public int Integer(string name, int otherwise, int least, int most) =>
        Parse(name, otherwise, $"a whole number from {least} to {most}", text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null);

    public double Number(string name, double otherwise, double least, double most) =>
        Parse(name, otherwise, FormattableString.Invariant($"a number from {least} to {most}"), text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null);

    /// <summary>The value that <paramref name="parse"/> makes of the text; null from it is a mistake.</summary>
    public T Parse<T>(string name, T otherwise, string wanted, Func<string, T?> parse) where T : struct
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (parse(text) is { } value)
            return value;
        Mistake(name, $"'{text}' is not {wanted}.");
        return otherwise;
    }

    /// <summary>The same for what is no plain value.</summary>
    public T ParseObject<T>(string name, T otherwise, string wanted, Func<string, T?> parse) where T : class?
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (parse(text) is { } value)
            return value;
        Mistake(name, $"'{text}' is not {wanted}.");
        return otherwise;
    }

    public void Mistake(string name, string what) => Mistakes.Add($"{name}: {what}");
}
