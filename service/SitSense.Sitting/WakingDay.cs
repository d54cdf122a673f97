using NodaTime;

namespace SitSense.Sitting;

/// <summary>
/// The waking day of a wearer who says no hours: from the end of the night's rest before a date's noon to the start of the next one.
/// </summary>
/// <remarks>
/// Between two noons the longest time that is all sitting (or lying), or all not known, and at least <see cref="Least"/> long is the night's rest; sitting of
/// <see cref="Surely"/> goes before any not known time. To sitting belongs whatever sitting or not known time of at least <see cref="Beside"/> lies no more than
/// <see cref="Away"/> from it, and so on. Without such a time the date's own midnight stands for it. After Winkler 2016 (10.1088/0967-3334/37/10/1653), whose
/// longest bout from noon to noon takes in what lies within 15 minutes of it and has few steps; without steps the reach is smaller here.
/// </remarks>
static class WakingDay
{
    /// <summary>The shortest time that can be a night's rest (Winkler 2016).</summary>
    static readonly Duration Least = Duration.FromHours(2);

    /// <summary>So long an unbroken sitting is sleep in any case (Winkler 2016).</summary>
    static readonly Duration Surely = Duration.FromHours(5);

    /// <summary>The shortest time beside it that belongs to it (Winkler 2016).</summary>
    static readonly Duration Beside = Duration.FromMinutes(30);

    /// <summary>Up for no longer than this between two of them, a visit to the bathroom, does not end it.</summary>
    static readonly Duration Away = Duration.FromMinutes(5);

    readonly record struct Run(Instant From, Instant To, Posture Posture)
    {
        public Duration Length => To - From;

        public bool IsRatherRestThan(Run other) => IsSurely == other.IsSurely ? Length > other.Length : IsSurely;

        bool IsSurely => Posture == Posture.Sitting && Length >= Surely;
    }

    /// <summary>The waking day of a date; empty where it begins and ends at the same noon.</summary>
    /// <param name="date">The date.</param>
    /// <param name="zones">The wearer's zones.</param>
    /// <param name="timeline">The wearer's cleaned timeline, right from the noon before the date to the noon after it.</param>
    public static Slice Of(LocalDate date, Itinerary zones, CleanTimeline timeline)
    {
        var (from, to) = (RestBefore(date, zones, timeline).End, RestBefore(date.PlusDays(1), zones, timeline).Start);
        return new("waking", date, zones.On(date), from < to ? [new(from, to)] : []);
    }

    /// <summary>From the noon before a date to the noon after it.</summary>
    public static Interval Window(LocalDate date, Itinerary zones) => new(Noon(date.PlusDays(-1), zones), Noon(date.PlusDays(1), zones));

    static Instant Noon(LocalDate date, Itinerary zones) => Slice.At(date + LocalTime.Noon, zones.On(date), first: true);

    /// <summary>The night's rest that ends before a date's noon.</summary>
    static Interval RestBefore(LocalDate date, Itinerary zones, CleanTimeline timeline)
    {
        var (from, to) = (Noon(date.PlusDays(-1), zones), Noon(date, zones));
        var runs = Runs(timeline, from, Instant.Max(from, to));
        var best = -1;
        for (var i = 0; i < runs.Count; i++)
            if (runs[i].Length >= Least && (best < 0 || runs[i].IsRatherRestThan(runs[best])))
                best = i;
        if (best < 0)
        {
            var midnight = Instant.Max(from, Instant.Min(zones.DaySpan(date).Start, to));
            return new(midnight, midnight);
        }
        var (first, last) = (best, best);
        for (var i = best - 1; runs[best].Posture == Posture.Sitting && i >= 0 && runs[first].From - runs[i].To <= Away; i--)
            if (runs[i].Length >= Beside)
                first = i;
        for (var i = best + 1; runs[best].Posture == Posture.Sitting && i < runs.Count && runs[i].From - runs[last].To <= Away; i++)
            if (runs[i].Length >= Beside)
                last = i;
        return new(runs[first].From, runs[last].To);
    }

    /// <summary>The sitting and the not known times between two instants, ascending.</summary>
    static List<Run> Runs(CleanTimeline timeline, Instant from, Instant to)
    {
        var runs = new List<Run>();
        var now = from;
        for (var i = timeline.IndexAfter(from); i < timeline.Stretches.Length && timeline.Stretches[i].From < to;)
        {
            var end = CleanTimeline.RunEnd(timeline.Stretches, i);
            var (start, stop) = (Instant.Max(from, timeline.Stretches[i].From), Instant.Min(to, timeline.Stretches[end - 1].To));
            if (start > now)
                runs.Add(new(now, start, Posture.Unknown));
            if (timeline.Stretches[i].Posture == Posture.Sitting && stop > start)
                runs.Add(new(start, stop, Posture.Sitting));
            now = Instant.Max(now, stop);
            i = end;
        }
        if (now < to)
            runs.Add(new(now, to, Posture.Unknown));
        return runs;
    }
}
