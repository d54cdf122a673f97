using System.Globalization;
using NodaTime;

namespace SitSense.Sitting.Tests;

/// <summary>Short words for what devices tell, in seconds since eight o'clock, and for what becomes of it.</summary>
static class Told
{
    public static readonly Instant Eight = Instant.FromUtc(2026, 11, 20, 8, 0);

    public static readonly Duration TenSeconds = Duration.FromSeconds(10);

    public static Instant At(double seconds) => Eight + Duration.FromMilliseconds(Math.Round(seconds * 1000));

    public const Posture Sit = Posture.Sitting, Up = Posture.Upright, Load = Posture.Object, Off = Posture.Off, Unclear = Posture.Unknown;

    public static DeviceRecord Change(long seq, double at, Posture posture, long boot = 1) => new(boot, seq, At(at), posture);

    public static DeviceRecord Reminder(long seq, double at, long boot = 1) => new(boot, seq, At(at), null);

    public static Heartbeat Beat(long seq, double at, Posture posture, long boot = 1) => new(boot, seq, At(at), posture);

    public static DeviceTimeline Vouch(DeviceRecord[] records, params Heartbeat[] heartbeats) => Vouching.Vouch("d", records, heartbeats);

    public static Stretch For(Posture posture, double from, double to, string device = "d") => new(At(from), At(to), posture, device);

    public static Slice Between(double from, double to) => new("day", new LocalDate(2026, 11, 20), DateTimeZone.Utc, [new(At(from), At(to))]);

    public static SittingDay Day(Slice slice, params Stretch[] timeline) =>
        SittingDay.Of("w", slice, CleanTimeline.From(timeline, TenSeconds), completeShare: 0.4167);

    /// <summary>Bouts of so many minutes with ten minutes of upright after each, and their day.</summary>
    public static SittingDay DayOf(params double[] minutes)
    {
        var timeline = new List<Stretch>();
        var now = 0.0;
        foreach (var length in minutes)
        {
            timeline.Add(For(Sit, now, now += length * 60));
            timeline.Add(For(Up, now, now += 600));
        }
        return Day(Between(0, 86400), [.. timeline]);
    }

    /// <summary>Like <c>sitting 0-100, upright 100-200</c>; the device only where it is another than <c>d</c>.</summary>
    public static string Read(IEnumerable<Stretch> stretches) => string.Join(", ", stretches.Select(stretch =>
        $"{stretch.Posture.ToString().ToLowerInvariant()} {Seconds(stretch.From)}-{Seconds(stretch.To)}{(stretch.Device is "d" or "" ? "" : " " + stretch.Device)}"));

    /// <summary>Like <c>0-100, 200-300 cut</c>.</summary>
    public static string Read(IEnumerable<Bout> bouts) =>
        string.Join(", ", bouts.Select(bout => $"{Seconds(bout.From)}-{Seconds(bout.To)}{(bout.Cut ? " cut" : "")}"));

    static string Seconds(Instant at) => (at - Eight).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
