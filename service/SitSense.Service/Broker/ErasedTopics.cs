namespace SitSense.Service.Broker;

/// <summary>Looks every few seconds for what the command erase took out of the store, so that the broker's memory forgets it too.</summary>
sealed class ErasedTopics(EmbeddedBroker broker, TimeProvider clock, ILogger<ErasedTopics> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    readonly OncePerMinute problems = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(Pause, clock, stop);
            try
            {
                await broker.ForgetErasedAsync(stop);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                if (problems.Now(out _))
                    log.LogWarning("Erased retained messages are forgotten late: {Problem}", problem.Message);
            }
        }
    }
}
