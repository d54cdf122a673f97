namespace SitSense.Service.Tests.Running;

/// <summary>A clock on which minutes pass in seconds.</summary>
sealed class FastClock(double speed) : TimeProvider
{
    readonly DateTimeOffset start = DateTimeOffset.UtcNow;
    readonly long since = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(since) * speed;

    public override long GetTimestamp() => (long)((System.GetTimestamp() - since) * speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan due, TimeSpan period) => System.CreateTimer(callback, state, Real(due), Real(period));

    TimeSpan Real(TimeSpan span) => span > TimeSpan.Zero ? span / speed : span;
}
