using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using NodaTime.Text;
using SitSense.Service.Days;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>Writes days as they come; and how each kind of report is written.</summary>
static class ReportOutput
{
    public static Task WriteAsync(IAsyncEnumerable<DayFigures> days, bool json, bool csv, TextWriter output) =>
        json ? JsonAsync(days, DayJson.Default.DayFigures, output) : csv ? CsvAsync(days, CsvHead, day => [CsvRow(day)], output) : TableAsync(days, output);

    /// <summary>A JSON array, an object a line, as the API gives them.</summary>
    public static async Task JsonAsync<T>(IAsyncEnumerable<T> objects, JsonTypeInfo<T> type, TextWriter output)
    {
        var before = "[";
        await foreach (var one in objects)
        {
            output.Write(before);
            output.Write(JsonSerializer.Serialize(one, type));
            before = ",\n";
        }
        output.WriteLine(before == "[" ? "[]" : "]");
    }

    /// <summary>CSV (RFC 4180) with the JSON's names, also where there is nothing; what is not known is empty.</summary>
    public static async Task CsvAsync<T>(IAsyncEnumerable<T> objects, string head, Func<T, IEnumerable<string>> rows, TextWriter output)
    {
        await using var all = objects.GetAsyncEnumerator();
        var more = await all.MoveNextAsync();       // may fail, and then nothing is written
        output.WriteLine(head);
        for (; more; more = await all.MoveNextAsync())
            foreach (var row in rows(all.Current))
                output.WriteLine(row);
    }

    /// <summary>The names of a day's fields.</summary>
    public static string CsvHead => string.Join(',', DayJson.Names);

    /// <summary>A day's fields.</summary>
    public static string CsvRow(DayFigures day) => CsvRow([.. DayJson.Fields(day).Select(field => field.Value)]);

    /// <summary>Values as a row.</summary>
    public static string CsvRow(params object?[] values) => string.Join(',', values.Select(Csv));

    /// <summary>A table for each wearer and zone, hours and minutes.</summary>
    static async Task TableAsync(IAsyncEnumerable<DayFigures> days, TextWriter output)
    {
        DayFigures? previous = null;
        var incomplete = false;
        await foreach (var day in days)
        {
            if (previous?.Wearer != day.Wearer || previous.Zone != day.Zone)
            {
                if (previous is not null)
                    output.WriteLine();
                output.WriteLine($"{day.Wearer}, {day.Zone}{SliceChoice.Words(day.Slice)}");
                output.WriteLine("date              sat    up known bouts breaks rises longest usual 30min+ heeded");
            }
            output.WriteLine(Row(day));
            incomplete |= !day.Complete;
            previous = day;
        }
        output.WriteLine(previous is null ? "No days." : $"""

            Hours and minutes. Usual: half of the sitting is in bouts up to this long.
            30min+: sitting in bouts of at least 30 minutes. Heeded: of so many reminders.
            """);
        if (incomplete)
            output.WriteLine("* too little of the day is known.");
    }

    /// <summary>As wide as a terminal is at least, 80 columns.</summary>
    static FormattableString Line(DayFigures day) =>
        $"{day.Date.DayOfWeek.ToString()[..3]} {Date(day.Date)}{(day.Complete ? ' ' : '*')}{Time(day.SittingSeconds),6}{Time(day.UprightSeconds),6}{Share(day),6}{day.Bouts,6}{day.Breaks,7}{day.Rises,6}{Time(day.LongestBoutSeconds),8}{Time(day.UsualBoutSeconds),6}{Time(day.SecondsOver30),7}{(day.Reminders > 0 ? $"{day.HeededOfDue()}/{day.Reminders}" : ""),7}";

    static string Row(DayFigures day) => FormattableString.Invariant(Line(day)).TrimEnd();

    /// <summary>A date as everywhere.</summary>
    public static string Date(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>6:29 for six hours and 29 minutes, rounded.</summary>
    public static string Time(double? seconds) => seconds is { } known ? $"{(long)Math.Round(known / 60) / 60}:{(long)Math.Round(known / 60) % 60:00}" : "";

    static string Share(DayFigures day) => day.DaySeconds > 0 ? FormattableString.Invariant($"{100 * day.KnownSeconds / day.DaySeconds:0} %") : "";

    /// <summary>One field of a CSV.</summary>
    public static string Csv(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        LocalDate date => Date(date),
        OffsetDateTime time => OffsetDateTimePattern.Rfc3339.Format(time),
        string text when text.AsSpan().ContainsAny(",\"\r\n") => $"\"{text.Replace("\"", "\"\"")}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
