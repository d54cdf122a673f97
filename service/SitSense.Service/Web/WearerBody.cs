using NodaTime;
using SitSense.Service.Storage;

namespace SitSense.Service.Web;

/// <summary>A wearer's settings as the API takes and gives them; what is left out is not set.</summary>
/// <param name="Zone">IANA zone.</param>
/// <param name="Work">Work hours by weekday: <c>{"mon":["09:00","17:00"]}</c>.</param>
/// <param name="Lunch">Cut out of the work hours: <c>["12:00","13:00"]</c>.</param>
/// <param name="Moves">IANA zones by the local date from which they hold: <c>{"2026-11-20":"America/New_York"}</c>.</param>
/// <param name="Waking">The waking hours of every date, which may pass midnight: <c>["07:00","23:00"]</c>.</param>
public sealed record WearerBody(string? Zone, Dictionary<string, string[]>? Work, string[]? Lunch, Dictionary<string, string>? Moves, string[]? Waking)
{
    static readonly string[] Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    internal WearerSettings Read(string wearer) => new(
        Parse.Wearer("wearer", wearer),
        Zone is null ? null : Parse.Zone("zone", Zone),
        Work?.ToDictionary(day => Weekday(day.Key), day => Parse.Hours($"work.{day.Key}", day.Value)),
        Lunch is null ? null : Parse.Hours("lunch", Lunch))
    {
        Moves = (Moves ?? []).ToDictionary(move => Parse.Date("moves", move.Key), move => Parse.Zone($"moves.{move.Key}", move.Value)),
        Waking = Waking is null ? null : Parse.Hours("waking", Waking, pastMidnight: true),
    };

    static IsoDayOfWeek Weekday(string name)
    {
        var at = Array.IndexOf(Weekdays, name);
        return at >= 0 ? (IsoDayOfWeek)(at + 1) : throw new BadRequest($"work: '{name}' is no weekday ({string.Join(", ", Weekdays)}).");
    }
}
