#nullable enable
namespace SitSense.Twin.Hardware;

/// <summary>For how long something has been so, in virtual time.</summary>
sealed class Lapse(VirtualClock clock)
{
    long before;
    long? since;

    /// <summary>Virtual ms so far.</summary>
    public long Ms => before + (since is { } from ? clock.Now - from : 0);

    /// <summary>Is it so now?</summary>
    public bool IsOn => since is not null;

    /// <summary>From now on it is, or is not.</summary>
    public void Set(bool on)
    {
        before = Ms;
        since = on ? clock.Now : null;
    }
}
