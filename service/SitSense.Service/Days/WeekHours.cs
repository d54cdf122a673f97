using NodaTime;
using NodaTime.Text;

namespace SitSense.Service.Days;

/// <summary>Hours as people write them: <c>Mon-Fri 09:00-17:00</c>, <c>Mon-Thu 09:00-17:00; Fri 09:00-13:00</c>, <c>12:00-13:00</c>.</summary>
static class WeekHours
{
    static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("H:mm");
    static readonly string[] Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Hours by weekday; null when the text is none.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="pastMidnight">Whether hours may end on the next date.</param>
    public static Dictionary<IsoDayOfWeek, (LocalTime From, LocalTime To)>? Week(string text, bool pastMidnight = false)
    {
        var week = new Dictionary<IsoDayOfWeek, (LocalTime, LocalTime)>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var days, var span] || Hours(span, pastMidnight) is not { } hours)
                return null;
            foreach (var range in days.Split(','))
            {
                if (range.Split('-').Select(Weekday).ToArray() is not ([int, ..] and { Length: <= 2 } ends) || ends[^1] is not { } last || last < ends[0])
                    return null;
                for (var day = ends[0]!.Value; day <= last; day++)
                    week[(IsoDayOfWeek)day] = hours;
            }
        }
        return week.Count > 0 ? week : null;
    }

    /// <summary>Two times of a day, the first before the second unless they may pass midnight; null when the text is not.</summary>
    public static (LocalTime From, LocalTime To)? Hours(string text, bool pastMidnight = false) =>
        text.Split('-') is [var from, var to] && Clock.Parse(from) is { Success: true, Value: var start } && Clock.Parse(to) is { Success: true, Value: var end } && (start < end || pastMidnight)
            ? (start, end) : null;

    /// <summary>Hours by weekday as <see cref="Week"/> reads them.</summary>
    public static string Text(IReadOnlyDictionary<IsoDayOfWeek, (LocalTime From, LocalTime To)> week) =>
        string.Join("; ", week.OrderBy(day => day.Key).GroupBy(day => day.Value)
            .Select(same => $"{string.Join(',', same.Select(day => day.Key.ToString()[..3]))} {Text(same.Key)}"));

    /// <summary>Hours as <see cref="Hours"/> reads them.</summary>
    public static string Text((LocalTime From, LocalTime To) hours) => $"{hours.From:HH:mm}-{hours.To:HH:mm}";

    static int? Weekday(string name) => Array.IndexOf(Weekdays, name.ToLowerInvariant()) is >= 0 and var at ? at + 1 : null;
}
