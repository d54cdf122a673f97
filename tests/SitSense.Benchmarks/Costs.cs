namespace SitSense.Benchmarks;

/// <summary>What the same thing cost again and again.</summary>
sealed class Costs
{
    readonly List<double> micros = [];
    long bytes;

    public void Add(double some, long allocated)
    {
        micros.Add(some);
        bytes += allocated;
    }

    /// <summary>The time at which the quickest quarter ends, in us.</summary>
    public double Micros => micros.Order().ElementAt(micros.Count / 4);

    public double Kibibytes => bytes / 1024.0 / micros.Count;
}
