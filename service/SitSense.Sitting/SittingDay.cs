using NodaTime;

namespace SitSense.Sitting;

/// <summary>A slice of a wearer's date: its figures, and the bouts that they are of.</summary>
/// <param name="Figures">The figures.</param>
/// <param name="Bouts">The sedentary bouts, ascending, cut at the slice's edges.</param>
public sealed record SittingDay(DayFigures Figures, Bout[] Bouts)
{
    const int EnoughBouts = 10; // for Gini, CoV and alpha; GGIR asks for ten fragments too, sedentary and active together
    const double Minute = 60_000; // ms

    /// <summary>Works out a slice.</summary>
    /// <param name="wearer">The pseudonym, only to name whose figures they are.</param>
    /// <param name="slice">Which part of which date.</param>
    /// <param name="timeline">The wearer's cleaned timeline, right within the slice (<see cref="CleanTimeline.Reach"/>); more of it changes nothing.</param>
    /// <param name="completeShare">The known share of the slice from which it is complete, 0 to 1.</param>
    /// <param name="reminders">The wearer's reminders, ascending for each device; those outside the slice change nothing.</param>
    public static SittingDay Of(string wearer, Slice slice, CleanTimeline timeline, double completeShare, IReadOnlyList<Reminder>? reminders = null)
    {
        var bouts = new List<Bout>(MostBouts(slice, timeline));
        var risen = reminders is { Count: > 0 } ? new List<Bout>() : null;
        var upright = Duration.Zero;
        var (breaks, rises) = (0, 0);
        var roseLast = false;
        foreach (var part in slice.Parts)
            for (var i = timeline.IndexAfter(part.Start); i < timeline.Stretches.Length && timeline.Stretches[i].From < part.End;)
            {
                var end = CleanTimeline.RunEnd(timeline.Stretches, i);
                if (timeline.Stretches[i].Posture == Posture.Upright)
                    upright += Instant.Min(part.End, timeline.Stretches[end - 1].To) - Instant.Max(part.Start, timeline.Stretches[i].From);
                else
                {
                    var bout = BoutOf(timeline.Stretches, i, end, part, out var rise);
                    breaks += roseLast ? 1 : 0;
                    rises += rise ? 1 : 0;
                    if (rise)
                        risen?.Add(bout);
                    roseLast = rise;
                    bouts.Add(bout);
                }
                i = end;
            }
        var pieces = bouts.ToArray();
        var day = slice.Length;
        var sitting = Milliseconds(pieces, out var ascending);
        var known = sitting + upright.TotalMilliseconds;
        var none = new DayFigures
        {
            Wearer = wearer,
            Date = slice.Date,
            Zone = slice.Zone.Id,
            Slice = slice.Name,
            DaySeconds = Seconds(day.TotalMilliseconds),
            KnownSeconds = Seconds(known),
            Complete = known > 0 && known >= completeShare * day.TotalMilliseconds,
        };
        if (known == 0)
            return new(none, pieces);
        var response = ReminderResponse.Of(reminders ?? [], slice, risen ?? []);
        var figures = WithLengths(none, ascending, sitting) with
        {
            UprightSeconds = Seconds(upright.TotalMilliseconds),
            Breaks = breaks,
            Rises = rises,
            BreaksPerSedentaryHour = sitting > 0 ? breaks / (sitting / (60 * Minute)) : null,
            Reminders = response.Due,
            Heeded = response.Heeded,
            FirstSitting = pieces.Length > 0 ? Clock(pieces[0].From) : null,
            LastSitting = pieces.Length > 0 ? Clock(pieces[^1].To) : null,
            HeededShare = response.HeededShare,
            MedianSecondsToRise = response.MedianToRise is { } median ? Seconds(median.TotalMilliseconds) : null,
        };
        return new(figures, pieces);

        OffsetDateTime Clock(Instant at) => at.InZone(slice.Zone).ToOffsetDateTime();
    }

    /// <summary>What its parts hold if every second stretch is a bout, and those at their edges too.</summary>
    static int MostBouts(Slice slice, CleanTimeline timeline)
    {
        var most = 0;
        foreach (var part in slice.Parts)
            most += (timeline.IndexAfter(part.End) - timeline.IndexAfter(part.Start)) / 2 + 1;
        return most;
    }

    /// <summary>The piece of a run of sitting that lies in a part of the slice.</summary>
    static Bout BoutOf(Stretch[] stretches, int start, int end, Interval part, out bool rise)
    {
        var (from, to) = (stretches[start].From, stretches[end - 1].To);
        var satDown = from >= part.Start && start > 0 && stretches[start - 1].Posture == Posture.Upright && stretches[start - 1].To == from;
        rise = to <= part.End && end < stretches.Length && stretches[end].Posture == Posture.Upright && stretches[end].From == to;
        return new(Instant.Max(part.Start, from), Instant.Min(part.End, to), !satDown || !rise, stretches[start].Device);
    }

    static DayFigures WithLengths(DayFigures none, double[] ascending, double sitting)
    {
        var over20 = AtLeast(ascending, 20);
        var over30 = AtLeast(ascending, 30);
        var over60 = AtLeast(ascending, 60);
        var over120 = AtLeast(ascending, 120);
        var over240 = AtLeast(ascending, 240);
        var sums = none with
        {
            SittingSeconds = Seconds(sitting),
            SedentaryHours = (double)Math.Round((decimal)sitting / (decimal)(60 * Minute), 2, MidpointRounding.AwayFromZero),
            Bouts = ascending.Length,
            BoutsOver20 = over20.Length,
            SecondsOver20 = Seconds(Fragmentation.Total(over20)),
            BoutsOver30 = over30.Length,
            SecondsOver30 = Seconds(Fragmentation.Total(over30)),
            BoutsOver60 = over60.Length,
            SecondsOver60 = Seconds(Fragmentation.Total(over60)),
            BoutsOver120 = over120.Length,
            SecondsOver120 = Seconds(Fragmentation.Total(over120)),
            BoutsOver240 = over240.Length,
            SecondsOver240 = Seconds(Fragmentation.Total(over240)),
        };
        if (ascending.Length == 0)
            return sums;
        var some = sums with
        {
            LongestBoutSeconds = Seconds(ascending[^1]),
            MeanBoutSeconds = Seconds(sitting / ascending.Length),
            MedianBoutSeconds = Seconds(Fragmentation.Median(ascending)),
            UsualBoutSeconds = Seconds(Fragmentation.UsualBout(ascending)),
            Satp = Fragmentation.TransitionProbability(ascending) * Minute,
            Hazard = Fragmentation.Hazard(ascending),
        };
        if (ascending.Length < EnoughBouts)
            return some;

        var shortest = ascending[0];
        var alpha = Fragmentation.Alpha(ascending, shortest);
        double? half = alpha is { } exponent ? Fragmentation.HalfOfBouts(exponent, shortest) : null;
        var minutes = Array.ConvertAll(ascending, static length => length / Minute);
        return some with
        {
            Alpha = alpha,
            AlphaXminSeconds = alpha is null ? null : Seconds(shortest),
            X05Seconds = half is { } x05 ? Seconds(x05) : null,
            W05 = half is { } length ? Fragmentation.ShareLongerThan(ascending, length) : null,
            Gini = Fragmentation.Gini(ascending),
            Cov = Fragmentation.LogVariation(minutes),
        };
    }

    static ReadOnlySpan<double> AtLeast(double[] ascending, double minutes)
    {
        var first = 0;
        while (first < ascending.Length && ascending[first] < minutes * Minute)
            first++;
        return ascending.AsSpan(first);
    }

    /// <summary>The bouts' lengths in milliseconds, whole numbers, so that sums and comparisons are exact.</summary>
    static double Milliseconds(Bout[] bouts, out double[] ascending)
    {
        ascending = Array.ConvertAll(bouts, static bout => bout.Length.TotalMilliseconds);
        Array.Sort(ascending);
        return Fragmentation.Total(ascending);
    }

    static double Seconds(double milliseconds) => Math.Round(milliseconds) / 1000;
}
