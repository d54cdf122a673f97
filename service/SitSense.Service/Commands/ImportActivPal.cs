using System.Globalization;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>
/// Reads an activPAL's events, a row each: PAL's <c>Events.csv</c>, <c>EventsEx.csv</c>, or <c>start,duration_s,code</c>. Each row is a change,
/// its number the row's; a closing <c>unknown</c> stands at the end of the last. The clock of a file is read as the wall clock of its zone.
/// </summary>
/// <remarks>
/// What a row that cannot be read, or starts before the one above it, leaves open is <c>unknown</c>.
/// </remarks>
sealed class ImportActivPal(ImportFile file, DateTimeZone zone, Instant arrived, ImportComplaints complaints)
{
    /// <summary>PAL's programs may put lines of their own before the header.</summary>
    const int LinesBeforeHeader = 100;

    /// <summary>A row that begins so soon after the end of the one before it leaves nothing open.</summary>
    static readonly Duration Beside = Duration.FromSeconds(1);

    /// <summary>The changes.</summary>
    /// <exception cref="Failure">It is no such file, or most of its rows are in the wrong order.</exception>
    public IEnumerable<PostureMessage> Read()
    {
        using var lines = file.Lines().GetEnumerator();
        var (columns, start, interval, code) = Header(lines);
        var (clock, starts) = (new MonitorClock(zone), new MonitorStarts());
        var (row, left, misplaced) = (0L, 0L, 0L);
        var previous = Instant.MinValue;
        Instant? end = null;
        while (lines.MoveNext())
        {
            var (number, text) = lines.Current;
            if (string.IsNullOrWhiteSpace(text))
                continue;
            row++;
            var fields = columns.Fields(text);
            string? Field(int column) => column < fields.Length ? columns.HasDecimalCommas ? fields[column].Replace(',', '.') : fields[column] : null;
            var at = Field(start) is { } when && ImportTime.ParseLocal(when) is { } local ? clock.At(local, previous, end) : (Instant?)null;
            var seconds = double.TryParse(Field(interval), NumberStyles.Float, CultureInfo.InvariantCulture, out var given) && given is >= 0 and < 1e8 ? given : (double?)null;
            var posture = PostureOf(Field(code)?.Trim());
            if (at is null || seconds is null || posture is null || at < previous)
            {
                complaints.Add(number, at is null ? $"'{Field(start)}' is no start" : seconds is null ? $"'{Field(interval)}' is no length in seconds"
                    : posture is null ? $"'{Field(code)}' is no activity code" : $"'{Field(start)}' is before the start of the row above it");
                misplaced += at < previous ? 1 : 0;
                left++;
                continue;
            }
            previous = at.Value;
            var length = Duration.FromMilliseconds(Math.Round(seconds.Value * 1000));
            var begun = starts.Of(at.Value, posture.Value, length);
            for (; left > 0; left--)
                if (end is { } since)
                    yield return Change(row - left, begun - since > Beside ? since : begun, Posture.Unknown);
            yield return Change(row, begun, posture.Value);
            end = begun + length;
        }
        if (misplaced > row / 2)
            throw new Failure($"{file.Path} is not in the order of time: {misplaced} of its {row} rows start before the row above them. Sort it by its first column.");
        if (end is not { } last)
            throw new Failure($"{file.Path} holds no event.");
        for (; left >= 0; left--)
            yield return Change(row + 1 - left, last, Posture.Unknown);
    }

    PostureMessage Change(long row, Instant at, Posture posture) => new(arrived, file.Device, 0, row, at, posture);

    (ImportColumns Columns, int Start, int Interval, int Code) Header(IEnumerator<(int Number, string Text)> lines)
    {
        string? first = null;
        for (var i = 0; i < LinesBeforeHeader && lines.MoveNext(); i++)
        {
            var columns = ImportColumns.OfHeader(lines.Current.Text);
            if (columns.Find("time", "start") is { } start && columns.Find("interval (s)", "duration (s)", "duration_s") is { } interval
                && columns.Find("activitycode*", "event type", "code") is { } code)
                return (columns, start, interval, code);
            first ??= lines.Current.Text;
        }
        throw new Failure($"{file.Path} is no activPAL events file: it has no header with Time, Interval (s) and ActivityCode, nor start, duration_s and code, but begins with '{Shortened(first)}'.");
    }

    static string Shortened(string? text) => text is null ? "" : text.Length <= 80 ? text : text[..80] + "...";

    /// <summary>0 sedentary, 1 standing, 2 stepping (2.1 cycling), 3, 3.1 and 3.2 lying, 4 not worn, 5 travelling.</summary>
    static Posture? PostureOf(string? code) => !double.TryParse(code, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? null : number switch
    {
        0 or 3 or 3.1 or 3.2 or 5 => Posture.Sitting,
        1 or 2 or 2.1 => Posture.Upright,
        4 => Posture.Off,
        _ => null,
    };
}
