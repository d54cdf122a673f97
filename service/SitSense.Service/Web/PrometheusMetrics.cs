using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace SitSense.Service.Web;

/// <summary>
/// Listens to this host's own instruments and writes them in Prometheus' text format 0.0.4.
/// </summary>
/// <remarks>No exporter package is on every NuGet source that SitSense builds from; the format is a page long.</remarks>
public sealed class PrometheusMetrics : IDisposable
{
    /// <summary>Upper edges of a histogram's buckets, in seconds: a commit takes milliseconds, a full disk seconds.</summary>
    static readonly double[] Edges = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    sealed class Series(Instrument instrument)
    {
        public Instrument Instrument { get; } = instrument;
        public double Sum;
        public long Count;
        public readonly long[] Buckets = new long[Edges.Length];
    }

    readonly MeterListener listener = new();
    readonly SortedDictionary<string, Series> series = new(StringComparer.Ordinal);
    readonly Lock gate = new();

    /// <summary>Starts to listen to the meters that <paramref name="meters"/> makes.</summary>
    public PrometheusMetrics(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (!ReferenceEquals(instrument.Meter.Scope, meters) || !instrument.Name.StartsWith("sitsense_", StringComparison.Ordinal))
                return;
            lock (gate)
                series[instrument.Name] = new Series(instrument);
            it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Take(instrument, value));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Take(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Take(instrument, value));
        listener.Start();
    }

    void Take(Instrument instrument, double value)
    {
        lock (gate)
        {
            if (!series.TryGetValue(instrument.Name, out var one))
                return;
            one.Sum = instrument.IsObservable ? value : one.Sum + value;
            one.Count++;
            for (var i = 0; i < Edges.Length; i++)
                if (value <= Edges[i])
                    one.Buckets[i]++;
        }
    }

    /// <summary>All series as they stand now.</summary>
    public string Write()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (gate)
            foreach (var (name, one) in series)
            {
                var histogram = one.Instrument is Histogram<double>;
                var kind = histogram ? "histogram" : one.Instrument is Counter<long> ? "counter" : "gauge";
                text.Append("# HELP ").Append(name).Append(' ').Append(one.Instrument.Description).Append('\n')
                    .Append("# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');
                if (!histogram)
                {
                    text.Append(name).Append(' ').Append(Number(one.Sum)).Append('\n');
                    continue;
                }
                for (var i = 0; i < Edges.Length; i++)
                    text.Append(name).Append("_bucket{le=\"").Append(Number(Edges[i])).Append("\"} ").Append(one.Buckets[i]).Append('\n');
                text.Append(name).Append("_bucket{le=\"+Inf\"} ").Append(one.Count).Append('\n')
                    .Append(name).Append("_sum ").Append(Number(one.Sum)).Append('\n')
                    .Append(name).Append("_count ").Append(one.Count).Append('\n');
            }
        return text.ToString();
    }

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();
}
