using NodaTime;
using SitSense.Service.Storage;
using SitSense.Sitting;

namespace SitSense.Service.Days;

/// <summary>
/// Which slice of a wearer's dates somebody asks for: <c>day</c>, <c>work</c>, <c>waking</c>, hours like <c>Mon-Fri 13:00-15:00</c> or <c>22:00-06:00</c> (every
/// day), or one span <c>2026-11-20T08:00:00Z/2026-11-20T12:00:00Z</c>.
/// </summary>
public sealed record SliceChoice
{
    /// <summary>How to ask for one, in words.</summary>
    public const string Wanted = "day, work, waking, hours like \"Mon-Fri 13:00-15:00\", or a span like 2026-11-20T08:00:00Z/2026-11-20T12:00:00Z";

    /// <summary>The calendar day.</summary>
    public static readonly SliceChoice Day = new("day");

    /// <summary>The work hours.</summary>
    public static readonly SliceChoice Work = new("work");

    static readonly SliceChoice Waking = new("waking");

    SliceChoice(string name) => Name = name;

    /// <summary>The slice's name in its figures.</summary>
    public string Name { get; }

    /// <summary>The one span that is asked for; null = a slice of each date.</summary>
    public Interval? Span { get; private init; }

    /// <summary>Whether its figures are stored, in every store; the others are worked out when they are asked for.</summary>
    public bool IsStored => this == Day || this == Work;

    IReadOnlyDictionary<IsoDayOfWeek, (LocalTime From, LocalTime To)>? Week { get; init; }

    /// <summary>What a heading says of a slice, after a comma; nothing of the calendar day.</summary>
    public static string Words(string slice) => slice switch { "day" => "", "work" => ", work hours", "waking" => ", waking day", _ => $", {slice}" };

    /// <summary>Understands what somebody asks for; null = it is none of <see cref="Wanted"/>.</summary>
    public static SliceChoice? Parse(string text)
    {
        if (text is "day" or "work" or "waking")
            return text == "day" ? Day : text == "work" ? Work : Waking;
        if (text.Split('/') is [var from, var to])
            return Calendar.Time(from) is { } start && Calendar.Time(to) is { } end && start < end ? new(text) { Span = new(start, end) } : null;
        return (WeekHours.Week(text, pastMidnight: true) ?? WeekHours.Week($"Mon-Sun {text}", pastMidnight: true)) is { } week ? new(text) { Week = week } : null;
    }

    /// <summary>The slice of a date.</summary>
    /// <param name="wearer">Whose hours.</param>
    /// <param name="zones">The wearer's zones.</param>
    /// <param name="date">The date; of no matter to a span.</param>
    /// <param name="timeline">The wearer's cleaned timeline, right within <see cref="Window"/>.</param>
    public Slice Of(WearerSettings wearer, Itinerary zones, LocalDate date, CleanTimeline timeline) =>
        Span is { } span ? Slice.Between(Name, span, zones)
        : this == Day ? Slice.Day(date, zones)
        : this == Work ? Slice.Work(date, zones, OfWeekday(wearer.Work, date), wearer.Lunch)
        : this == Waking ? wearer.Waking is { } hours ? Slice.Hours(Name, date, zones, hours) : Slice.Waking(date, zones, timeline)
        : Slice.Hours(Name, date, zones, OfWeekday(Week, date));

    /// <summary>All time that decides the slice of a date; none where it has no time.</summary>
    public IEnumerable<Interval> Window(WearerSettings wearer, Itinerary zones, LocalDate date) =>
        this == Waking && wearer.Waking is null ? [Slice.WakingWindow(date, zones)] : Of(wearer, zones, date, CleanTimeline.Nothing).Parts;

    static (LocalTime From, LocalTime To)? OfWeekday(IReadOnlyDictionary<IsoDayOfWeek, (LocalTime From, LocalTime To)>? week, LocalDate date) =>
        week?.TryGetValue(date.DayOfWeek, out var hours) == true ? hours : null;
}
