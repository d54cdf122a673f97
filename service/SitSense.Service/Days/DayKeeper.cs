namespace SitSense.Service.Days;

/// <summary>Looks each second for spans of time that this or another process touched, so that figures are right within 5 s of what changed them.</summary>
sealed class DayKeeper(DayUpkeep upkeep, TimeProvider clock, ILogger<DayKeeper> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await Task.Yield();
        for (var problems = new OncePerMinute(clock); ; await Task.Delay(Pause, clock, stop))
        {
            try
            {
                await upkeep.CatchUpAsync(stop);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                if (problems.Now(out _))
                    log.LogError("The days' figures are late: {Problem}", problem.Message);
            }
        }
    }
}
