using NodaTime;

namespace SitSense.Sitting;

/// <summary>Works on step functions of time: stretches ascending, without overlap, where what lies between two of them is not known.</summary>
public static class Timeline
{
    /// <summary>
    /// One wearer's timeline from several devices'. At every instant sitting beats up beats not known; of equals upright beats object, off
    /// beats unknown, and then the device whose name comes first is named. Any order of streams, and of stretches in them, gives the same.
    /// </summary>
    /// <param name="streams">What each device vouched for, clipped to the time when the wearer had it.</param>
    public static Stretch[] Merge(IReadOnlyList<Stretch[]> streams)
    {
        if (streams.Count == 1 && IsMerged(streams[0]))
            return streams[0];
        var all = Ascending(streams);
        var merged = new List<Stretch>(all.Length);
        var active = new List<Stretch>();
        var now = Instant.MinValue;
        for (var next = 0; next < all.Length || active.Count > 0;)
        {
            if (active.Count == 0)
                now = all[next].From;

            Stretch? upOfNoLength = null;
            for (; next < all.Length && all[next].From == now; next++)
                if (all[next].To > now)
                    active.Add(all[next]);
                else if (all[next].Posture.IsUp() && (upOfNoLength is not { } other || Beats(all[next], other)))
                    upOfNoLength = all[next];

            var until = next < all.Length ? all[next].From : Instant.MaxValue;
            var best = 0;
            for (var i = 0; i < active.Count; i++)
            {
                until = Instant.Min(until, active[i].To);
                if (Beats(active[i], active[best]))
                    best = i;
            }
            if (upOfNoLength is { } up && (active.Count == 0 || !active[best].Posture.IsKnown()))
                merged.Add(up);
            if (active.Count == 0)
                continue;

            Append(merged, active[best] with { From = now, To = until });
            now = until;
            for (var i = active.Count - 1; i >= 0; i--)
                if (active[i].To <= now)
                    active.RemoveAt(i);
        }
        return merged.ToArray();
    }

    /// <summary>What of a timeline lies between two instants; a posture of no length counts where it begins.</summary>
    /// <param name="stretches">Ascending, without overlap.</param>
    /// <param name="from">Included; null = since ever.</param>
    /// <param name="to">Excluded; null = for ever.</param>
    public static Stretch[] Clip(Stretch[] stretches, Instant? from, Instant? to)
    {
        var (start, end) = (from ?? Instant.MinValue, to ?? Instant.MaxValue);
        var first = 0;
        while (first < stretches.Length && stretches[first].To <= start && stretches[first].From < start)
            first++;
        var after = first;
        while (after < stretches.Length && stretches[after].From < end)
            after++;
        var within = stretches[first..after];
        if (within.Length > 0)
        {
            within[0] = within[0] with { From = Instant.Max(start, within[0].From) };
            within[^1] = within[^1] with { To = Instant.Min(end, within[^1].To) };
        }
        return within;
    }

    /// <summary>The whole span without a hole: where nobody vouched stands <see cref="Posture.Unknown"/> of no device. Postures of no length are left out.</summary>
    public static Stretch[] Fill(Stretch[] stretches, Interval span)
    {
        var full = new List<Stretch>();
        var now = span.Start;
        foreach (var stretch in Clip(stretches, span.Start, span.End))
        {
            if (stretch.From == stretch.To)
                continue;
            if (stretch.From > now)
                full.Add(new(now, stretch.From, Posture.Unknown, ""));
            Append(full, stretch);
            now = stretch.To;
        }
        if (now < span.End)
            full.Add(new(now, span.End, Posture.Unknown, ""));
        return full.ToArray();
    }

    /// <summary>Whether merging a stream alone would give it back: ascending, without overlap, each with a length, no two to be joined.</summary>
    static bool IsMerged(Stretch[] stream)
    {
        for (var i = 0; i < stream.Length; i++)
            if (stream[i].To <= stream[i].From || i > 0 && (stream[i].From < stream[i - 1].To
                || stream[i].From == stream[i - 1].To && stream[i].Posture == stream[i - 1].Posture && stream[i].Device == stream[i - 1].Device))
                return false;
        return true;
    }

    static Stretch[] Ascending(IReadOnlyList<Stretch[]> streams)
    {
        var count = 0;
        for (var i = 0; i < streams.Count; i++)
            count += streams[i].Length;
        var all = new Stretch[count];
        var ascending = true;
        var at = 0;
        for (var i = 0; i < streams.Count; i++)
            foreach (var stretch in streams[i])
            {
                all[at] = stretch;
                ascending &= at == 0 || all[at - 1].From <= stretch.From;
                at++;
            }
        if (!ascending)
            Array.Sort(all, static (a, b) => a.From.CompareTo(b.From));
        return all;
    }

    static bool Beats(Stretch a, Stretch b) =>
        a.Posture != b.Posture ? a.Posture.Rank() > b.Posture.Rank() : string.CompareOrdinal(a.Device, b.Device) < 0;

    static void Append(List<Stretch> timeline, Stretch stretch)
    {
        if (timeline.Count > 0 && timeline[^1] is var last && last.To == stretch.From && last.Posture == stretch.Posture && last.Device == stretch.Device)
            timeline[^1] = last with { To = stretch.To };
        else
            timeline.Add(stretch);
    }
}
