using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NodaTime;
using SitSense.Sitting;

namespace SitSense.Benchmarks;

/// <summary>
/// A wearer-year of changes to the figures of all its days, beside <see cref="LinqFigures"/>: the answers are compared, and times given as ratios
/// within one run, because other programs have a share of the machine.
/// </summary>
static class YearFigures
{
    static readonly Duration Minimum = Duration.FromSeconds(10);

    public static Command Create()
    {
        var wearers = new Option<int>("--wearers") { DefaultValueFactory = _ => 1000, Description = "How many wearer-years." };
        var changes = new Option<int>("--changes") { DefaultValueFactory = _ => 20_000, Description = "Changes a wearer-year." };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 15, Description = "How often a single wearer-year is timed." };
        var command = new Command("figures", "A wearer-year of changes to all its daily figures, and many of them: time against LINQ, allocation, memory.") { wearers, changes, rounds };
        command.SetAction(parsed => Run(parsed.GetValue(wearers), parsed.GetValue(changes), parsed.GetValue(rounds)));
        return command;
    }

    static void Run(int wearers, int changes, int rounds)
    {
        var dates = ImaginedYear.Dates.ToArray();
        var ratios = new List<double>();
        var (least, bytes) = (TimeSpan.MaxValue, 0L);
        for (var round = -3; round < rounds; round++)       // the first three warm up
        {
            var records = ImaginedYear.Of(round + 3, changes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (figures, ours) = Timed(() => Figures(records, dates));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            var (plain, theirs) = Timed(() => LinqFigures.Of("w", records, dates, ImaginedYear.Zone));
            Compare(figures, plain);
            if (round < 0)
                continue;
            ratios.Add(theirs / ours);
            (least, bytes) = (ours < least ? ours : least, Math.Max(bytes, allocated));
        }
        ratios.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"a wearer-year of {changes} changes, {dates.Length} days: LINQ takes {ratios[rounds / 2]:F1} times as long ({ratios[0]:F1} to {ratios[^1]:F1}); {least.TotalMilliseconds:F1} ms at best, {bytes / 1048576.0:F1} MiB allocated"));

        var (first, peak, time, days, linq) = (0L, 0L, TimeSpan.Zero, 0L, TimeSpan.Zero);
        for (var wearer = 0; wearer < wearers; wearer++)
        {
            var records = ImaginedYear.Of(wearer, changes);
            var (figures, ours) = Timed(() => Figures(records, dates));
            time += ours;
            days += figures.Count;
            linq += Timed(() => LinqFigures.Of("w", records, dates, ImaginedYear.Zone)).Time;
            if (wearer % Math.Max(1, wearers / 20) != 0)
                continue;
            var live = GC.GetTotalMemory(forceFullCollection: true);
            (first, peak) = (wearer == 0 ? live : first, Math.Max(peak, live));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{wearers} wearer-years, {days} days: LINQ takes {linq / time:F1} times as long; {days / time.TotalSeconds:F0} days a second; live memory {first / 1048576.0:F1} MiB after the first, {peak / 1048576.0:F1} MiB at most"));
    }

    /// <summary>The worker's way from records to figures, without its store.</summary>
    static List<DayFigures> Figures(DeviceRecord[] records, LocalDate[] dates)
    {
        var timeline = CleanTimeline.From(Timeline.Merge([Vouching.Vouch("d", records, []).Stretches]), Minimum);
        return [.. dates.Select(date => SittingDay.Of("w", Slice.Day(date, ImaginedYear.Zone), timeline, 0.4167).Figures)];
    }

    static (T Result, TimeSpan Time) Timed<T>(Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        return (result, Stopwatch.GetElapsedTime(start));
    }

    static void Compare(List<DayFigures> ours, List<DayFigures> theirs)
    {
        foreach (var (one, other) in ours.Zip(theirs))
            foreach (var ((name, value), (_, same)) in DayJson.Fields(one).Zip(DayJson.Fields(other)))
                if (value is double a && same is double b ? Math.Abs(a - b) > 1e-9 * Math.Max(1, Math.Abs(a)) : !Equals(value, same))
                    throw new InvalidOperationException($"{one.Date} {name}: {value} here, {same} by LINQ");
    }
}
