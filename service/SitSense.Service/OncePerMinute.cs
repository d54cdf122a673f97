namespace SitSense.Service;

/// <summary>Lets one log line through a minute, and counts what it held back.</summary>
sealed class OncePerMinute(TimeProvider clock)
{
    readonly Lock gate = new();
    long? last;
    int held;

    /// <summary>True when it is time for a line; <paramref name="since"/> is how often it was asked since the last one, this time included.</summary>
    public bool Now(out int since, int times = 1)
    {
        lock (gate)
        {
            since = held += times;
            if (last is { } before && clock.GetElapsedTime(before) < TimeSpan.FromMinutes(1))
                return false;
            last = clock.GetTimestamp();
            held = 0;
            return true;
        }
    }
}
