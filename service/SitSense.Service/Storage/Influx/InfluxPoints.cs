using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Writes;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Storage.Outbox;
using SitSense.Sitting;

namespace SitSense.Service.Storage.Influx;

/// <summary>What each entry looks like in InfluxDB. Names and types are the contract's: a field once written keeps its type for ever.</summary>
static class InfluxPoints
{
    /// <summary>The points of entries. Of several at one place in InfluxDB the last one stands, as a request must not hold two.</summary>
    public static List<PointData> Of(IEnumerable<OutboxEntry> entries)
    {
        var points = new Dictionary<(string, string?, string?, Instant), PointData>();
        foreach (var entry in entries)
        {
            var (measurement, device, wearer, time, point) = Of(entry);
            points[(measurement, device, wearer, time)] = point;
        }
        return [.. points.Values];
    }

    static (string Measurement, string? Device, string? Wearer, Instant Time, PointData Point) Of(OutboxEntry entry)
    {
        switch (entry)
        {
            case ChangeEntry e:
                return Point("posture", e.Device, e.Wearer, e.Time, point => point
                    .Field("posture", PostureWord.Of(e.Posture)).Field("sitting", e.Posture == Posture.Sitting ? 1L : 0L)
                    .Field("boot", e.Boot).Field("seq", e.Seq).Field("valid", 1L));
            case ReminderEntry e:
                return Point("reminder", e.Device, e.Wearer, e.Time, point => With(point, "sittingMs", e.SittingMs)
                    .Field("kind", e.Kind).Field("boot", e.Boot).Field("seq", e.Seq).Field("valid", 1L));
            case HealthEntry e:
                return Point("device", e.Device, null, e.Time, point => With(With(With(e.Battery is { } battery ? point.Field("battery", battery) : point,
                    "rssi", e.Rssi), "heap", e.Heap), "journal", e.Journal));
            case MeasuresEntry e:
                return Point("measures", e.Device, e.Wearer, e.Time, point => e.Figures.Aggregate(
                    point.Field("boot", e.Boot).Field("valid", 1L), (sum, figure) => sum.Field(figure.Key, figure.Value)));
            case BoutEntry e:
                return Point("sitting_bout", e.Bout.Device, e.Wearer, e.Bout.From, point => point
                    .Field("seconds", e.Bout.Length.TotalSeconds).Field("cut", e.Bout.Cut ? 1L : 0L).Field("valid", 1L));
            case DayEntry e:
                return Point("sitting_day", null, e.Figures.Wearer, e.Time, point => DayJson.Fields(e.Figures).Aggregate(
                    point.Field("valid", e.Valid ? 1L : 0L), With), e.Figures.Slice);
            case WithdrawnEntry e:
                return Point(e.Measurement, e.Device, e.Wearer, e.Time, point =>
                    (e.Measurement == "sitting_bout" ? point.Field("seconds", 0.0) : point).Field("valid", 0L), e.Slice);
            default:
                throw new ArgumentException($"No such entry: {entry.GetType()}", nameof(entry));
        }
    }

    static (string, string?, string?, Instant, PointData) Point(string measurement, string? device, string? wearer, Instant time, Func<PointData, PointData> fields, string? slice = null) =>
        (measurement, device ?? slice, wearer, time, fields(PointData.Measurement(measurement).Tag("device", device!).Tag("wearer", wearer!).Tag("slice", slice!)
            .Timestamp(time, WritePrecision.Ms)));

    static PointData With(PointData point, string name, long? value) => value is { } number ? point.Field(name, number) : point;

    static PointData With(PointData point, (string Name, object? Value) field) => field.Value switch
    {
        double number => point.Field(field.Name, number),
        int number => point.Field(field.Name, (double)number),
        bool yes => point.Field(field.Name, yes ? 1L : 0L),
        _ => point,
    };
}
