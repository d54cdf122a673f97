using System.Diagnostics.Metrics;
using SitSense.Service.Storage;

namespace SitSense.Service.Ingest;

/// <summary>What became of the messages, counted.</summary>
sealed class IngestMetrics
{
    readonly Counter<long> stored, refused, duplicates;
    readonly Histogram<double> seconds;

    public IngestMetrics(IMeterFactory meters, Inbox inbox)
    {
        var meter = meters.Create("SitSense");
        stored = meter.CreateCounter<long>("sitsense_messages_stored_total", description: "Messages that the store of record took as new.");
        refused = meter.CreateCounter<long>("sitsense_messages_refused_total", description: "Messages outside the contract; GET /api/v1/refused shows the newest.");
        duplicates = meter.CreateCounter<long>("sitsense_messages_duplicates_total", description: "Messages that came again and changed nothing.");
        seconds = meter.CreateHistogram<double>("sitsense_store_seconds", "s", "Time to store one batch durably.");
        meter.CreateObservableGauge("sitsense_queue", () => inbox.Count, description: "Messages that wait to be stored.");
        stored.Add(0);
        refused.Add(0);
        duplicates.Add(0);
    }

    public void Count(ReadOnlySpan<Outcome> outcomes, TimeSpan took)
    {
        stored.Add(outcomes.Count(Outcome.Stored));
        refused.Add(outcomes.Count(Outcome.Refused));
        duplicates.Add(outcomes.Count(Outcome.Duplicate));
        seconds.Record(took.TotalSeconds);
    }
}
