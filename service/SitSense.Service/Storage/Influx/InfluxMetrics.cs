using System.Diagnostics.Metrics;

namespace SitSense.Service.Storage.Influx;

/// <summary>How the way to InfluxDB fares.</summary>
sealed class InfluxMetrics
{
    readonly Counter<long> _points, _refused;

    public InfluxMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("SitSense");
        _points = meter.CreateCounter<long>("sitsense_influx_points_total", description: "Points that InfluxDB took.");
        _refused = meter.CreateCounter<long>("sitsense_influx_refused_total", description: "Points that InfluxDB will never take.");
        meter.CreateObservableGauge("sitsense_influx_up", () => IsReachable ? 1 : 0, description: "1 while InfluxDB takes what it is given.");
        _points.Add(0);
        _refused.Add(0);
    }

    /// <summary>Did the last attempt succeed?</summary>
    public bool IsReachable { get; set; }

    public void Count(int points) => _points.Add(points);

    public void CountRefused() => _refused.Add(1);
}
