namespace SitSense.Service.Commands;

/// <summary>Rows in aligned columns, for a terminal.</summary>
static class Table
{
    public static void Write(TextWriter output, string[] head, IReadOnlyList<string?[]> rows)
    {
        var widths = head.Select((title, i) => rows.Select(row => row[i]?.Length ?? 1).Append(title.Length).Max()).ToArray();
        foreach (var row in rows.Prepend(head))
            output.WriteLine(string.Join("  ", row.Select((cell, i) => (cell ?? "-").PadRight(widths[i]))).TrimEnd());
    }
}
