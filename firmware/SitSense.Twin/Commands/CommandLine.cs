#nullable enable
using System;
using System.Collections.Generic;
using System.Globalization;

namespace SitSense.Twin.Commands;

/// <summary>The words of a command line: plain arguments, and options as <c>--name value</c> or <c>--name=value</c>.</summary>
sealed class CommandLine
{
    readonly Dictionary<string, string?> options = new(StringComparer.OrdinalIgnoreCase);
    readonly List<string> arguments = [];

    /// <param name="words">What was typed.</param>
    /// <param name="flags">Options without a value.</param>
    /// <exception cref="WrongUse">An option lacks its value or came twice.</exception>
    public CommandLine(ReadOnlySpan<string> words, params string[] flags)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                arguments.Add(words[i]);
                continue;
            }
            var parts = words[i][2..].Split('=', 2);
            string? value = null;
            if (parts.Length == 2)
                value = parts[1];
            else if (Array.IndexOf(flags, parts[0]) < 0)
                value = i + 1 < words.Length && !words[i + 1].StartsWith("--", StringComparison.Ordinal)
                    ? words[++i] : throw new WrongUse($"--{parts[0]} needs a value");
            if (!options.TryAdd(parts[0], value))
                throw new WrongUse($"--{parts[0]} is given twice");
        }
    }

    public IReadOnlyList<string> Arguments => arguments;

    public bool Has(string name) => options.ContainsKey(name);

    /// <summary>An option's text; where it is not given, the environment's <c>SITSENSE_Section__Key</c>; else null.</summary>
    public string? Text(string name) =>
        options.TryGetValue(name, out var value) ? value
        : name.Contains(':') ? Environment.GetEnvironmentVariable("SITSENSE_" + name.Replace(":", "__")) : null;

    /// <exception cref="WrongUse">It is no number in range.</exception>
    public double? Number(string name, double least, double most)
    {
        if (Text(name) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw new WrongUse(string.Create(CultureInfo.InvariantCulture, $"--{name} is '{text}', which is no number from {least} to {most}"));
    }

    /// <exception cref="WrongUse">It is no RFC 3339 time.</exception>
    public DateTime? Time(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime : throw new WrongUse($"--{name} is '{text}', which is no time like 2026-11-22T08:00:00Z");
    }

    /// <exception cref="WrongUse">An option is none of these; those of the service, which have a colon, are passed over.</exception>
    public void Only(params string[] known)
    {
        foreach (var name in options.Keys)
            if (!name.Contains(':') && Array.IndexOf(known, name) < 0)
                throw new WrongUse($"there is no option --{name} here");
    }
}
