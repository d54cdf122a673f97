using NodaTime;

namespace SitSense.Sitting;

/// <summary>
/// A wearer's timeline after activPAL's rule: sitting or upright for less than the minimum (10 s) does not count.
/// </summary>
/// <remarks>
/// Equal neighbours merge; every up run under the minimum between two sittings becomes sitting; then every sitting under the minimum between two
/// ups becomes up. Exactly the minimum is long enough. Not-known time is never bridged or filled, and a run beside it keeps its length.
/// </remarks>
public sealed class CleanTimeline
{
    /// <summary>So much beside a span shows whether what stands at its edges was begun or ended there.</summary>
    static readonly Duration Beside = Duration.FromSeconds(1);

    CleanTimeline(Stretch[] stretches) => Stretches = stretches;

    /// <summary>The timeline of which nothing is known.</summary>
    public static CleanTimeline Nothing { get; } = new([]);

    /// <summary>
    /// Sitting and upright only, ascending; what lies between is not known. Equal neighbours are apart only where the device changes. An upright
    /// of no length stands where sitting was ended by a change to up that nobody vouched for any further.
    /// </summary>
    public Stretch[] Stretches { get; }

    /// <summary>
    /// How far cleaning looks: what happened further than this from an instant never matters to it. So a window is right when the timeline is
    /// known this far beyond both its edges, and a change moves nothing further away than this.
    /// </summary>
    /// <remarks>Each of the two steps moves an edge by less than the minimum; the second more shows what lies beside the window.</remarks>
    public static Duration Reach(Duration minimum) => minimum * 2 + Beside;

    /// <summary>Cleans a wearer's timeline.</summary>
    /// <param name="timeline">As <see cref="Timeline.Merge"/> gives it.</param>
    /// <param name="minimum">The shortest run that counts; 10 s by activPAL's rule.</param>
    public static CleanTimeline From(Stretch[] timeline, Duration minimum)
    {
        var known = Known(timeline);
        Absorb(known, Posture.Upright, minimum);
        Absorb(known, Posture.Sitting, minimum);
        return new(Joined(known));
    }

    /// <summary>One that was cleaned before.</summary>
    /// <param name="stretches">As <see cref="Stretches"/> gave them.</param>
    public static CleanTimeline Of(Stretch[] stretches) => new(stretches);

    /// <summary>All of it that figures of a span need.</summary>
    public CleanTimeline Around(Interval span)
    {
        var (from, to) = (span.Start - Beside, span.End + Beside);
        return Stretches.Length == 0 || Stretches[0].From >= from && Stretches[^1].To <= to ? this : new(Timeline.Clip(Stretches, from, to));
    }

    /// <summary>This before an instant, and another from it on: when both are right just there, what cleaning the whole at once gives.</summary>
    /// <param name="later">Right from the instant on.</param>
    /// <param name="at">This is right before it.</param>
    public CleanTimeline ContinuedBy(CleanTimeline later, Instant at)
    {
        var before = Stretches.AsSpan(0, IndexFrom(at));
        var after = Timeline.Clip(later.Stretches, at, null).AsSpan();
        if (before.IsEmpty)
            return new(after.ToArray());
        var seam = before[^1] with { To = Instant.Min(at, before[^1].To) };
        if (!after.IsEmpty && GoesOn(seam, after[0]))
        {
            seam = seam with { To = after[0].To };
            after = after[1..];
        }
        return new([.. before[..^1], seam, .. after]);
    }

    /// <summary>The index of the first stretch that ends after an instant.</summary>
    internal int IndexAfter(Instant instant) => First(instant, static (stretch, instant) => stretch.To > instant);

    /// <summary>The index of the first stretch that begins at an instant or after it.</summary>
    int IndexFrom(Instant instant) => First(instant, static (stretch, instant) => stretch.From >= instant);

    int First(Instant instant, Func<Stretch, Instant, bool> holds)
    {
        var (low, high) = (0, Stretches.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(Stretches[middle], instant))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    static Stretch[] Known(Stretch[] timeline)
    {
        var known = new List<Stretch>(timeline.Length);
        foreach (var stretch in timeline)
        {
            if (!stretch.Posture.IsKnown())
                continue;
            var kind = stretch.Posture == Posture.Sitting ? Posture.Sitting : Posture.Upright;
            var endsSitting = kind == Posture.Upright && known.Count > 0 && known[^1].Posture == Posture.Sitting && known[^1].To == stretch.From;
            if (stretch.To > stretch.From || endsSitting)
                known.Add(stretch with { Posture = kind });
        }
        return known.ToArray();
    }

    /// <summary>Turns every short run of a kind that stands between two runs of the other kind into that kind.</summary>
    static void Absorb(Stretch[] known, Posture kind, Duration minimum)
    {
        var other = kind == Posture.Sitting ? Posture.Upright : Posture.Sitting;
        for (int start = 0, end; start < known.Length; start = end)
        {
            end = RunEnd(known, start);
            if (known[start].Posture != kind || known[end - 1].To - known[start].From >= minimum)
                continue;
            var between = start > 0 && known[start - 1].To == known[start].From && known[start - 1].From < known[start - 1].To
                && end < known.Length && known[end].From == known[end - 1].To && known[end].From < known[end].To;
            for (var i = start; between && i < end; i++)
                known[i] = known[i] with { Posture = other };
        }
    }

    /// <summary>Makes one of equal neighbours of one device.</summary>
    static Stretch[] Joined(Stretch[] stretches)
    {
        var last = -1;
        foreach (var stretch in stretches)
            if (last >= 0 && GoesOn(stretches[last], stretch))
                stretches[last] = stretches[last] with { To = stretch.To };
            else
                stretches[++last] = stretch;
        return last + 1 == stretches.Length ? stretches : stretches[..(last + 1)];
    }

    static bool GoesOn(Stretch before, Stretch after) => before.To == after.From && before.Posture == after.Posture && before.Device == after.Device;

    /// <summary>The index after the last stretch of the run that begins at an index.</summary>
    internal static int RunEnd(Stretch[] stretches, int start)
    {
        var end = start + 1;
        while (end < stretches.Length && stretches[end].Posture == stretches[start].Posture && stretches[end].From == stretches[end - 1].To)
            end++;
        return end;
    }
}
