using System.Text;

namespace SitSense.Service.Commands;

/// <summary>The columns of a CSV file, found by their names.</summary>
/// <param name="separator">Between the fields.</param>
/// <param name="names">The header's fields.</param>
sealed class ImportColumns(char separator, string[] names)
{
    /// <summary>Reads a header; fields are parted by whichever of <c>,</c> and <c>;</c> is there more often.</summary>
    public static ImportColumns OfHeader(string line)
    {
        var separator = line.Count(letter => letter == ';') > line.Count(letter => letter == ',') ? ';' : ',';
        return new(separator, [.. Split(line, separator).Select(name => name.Trim().ToLowerInvariant())]);
    }

    /// <summary>Decimal commas are possible where the fields are parted by something else.</summary>
    public bool HasDecimalCommas => separator == ';';

    /// <summary>The index of the first column that has one of these names or begins with one that ends in <c>*</c>; null = there is none.</summary>
    public int? Find(params string[] wanted)
    {
        foreach (var want in wanted)
        {
            var index = Array.FindIndex(names, name => want.EndsWith('*') ? name.StartsWith(want[..^1], StringComparison.Ordinal) : name == want);
            if (index >= 0)
                return index;
        }
        return null;
    }

    /// <summary>A line's fields; one may stand in double quotes, and has its own doubled.</summary>
    public string[] Fields(string line) => line.Contains('"') ? [.. Split(line, separator)] : line.Split(separator);

    static List<string> Split(string line, char separator)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[i++]);
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == separator && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(line[i]);
        }
        fields.Add(field.ToString());
        return fields;
    }
}
