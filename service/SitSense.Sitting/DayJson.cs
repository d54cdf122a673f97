using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace SitSense.Sitting;

/// <summary>The JSON form of a day's figures, of its hours and of periods. A day is one object, its names and their order those of <see cref="DayFigures"/>, dates as yyyy-MM-dd, times as RFC 3339.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(DateConverter), typeof(TimeConverter)])]
[JsonSerializable(typeof(DayFigures))]
[JsonSerializable(typeof(IReadOnlyList<DayFigures>))]
[JsonSerializable(typeof(PeriodSummary))]
[JsonSerializable(typeof(IReadOnlyList<PeriodSummary>))]
[JsonSerializable(typeof(DayProfile))]
[JsonSerializable(typeof(IReadOnlyList<DayProfile>))]
public sealed partial class DayJson : JsonSerializerContext
{
    /// <summary>The names of the JSON form's fields, in its order.</summary>
    public static IEnumerable<string> Names => Default.DayFigures.Properties.Select(property => property.Name);

    /// <summary>Every field of the JSON form by its name, in its order; for tables and databases.</summary>
    public static IEnumerable<(string Name, object? Value)> Fields(DayFigures day)
    {
        foreach (var property in Default.DayFigures.Properties)
            yield return (property.Name, property.Get!(day));
    }

    sealed class DateConverter : JsonConverter<LocalDate>
    {
        public override LocalDate Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            LocalDatePattern.Iso.Parse(reader.GetString() ?? "").TryGetValue(default, out var date) ? date : throw new JsonException("not a date");

        public override void Write(Utf8JsonWriter writer, LocalDate date, JsonSerializerOptions options) =>
            writer.WriteStringValue(LocalDatePattern.Iso.Format(date));
    }

    sealed class TimeConverter : JsonConverter<OffsetDateTime>
    {
        public override OffsetDateTime Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            OffsetDateTimePattern.Rfc3339.Parse(reader.GetString() ?? "").TryGetValue(default, out var time) ? time : throw new JsonException("not a time");

        public override void Write(Utf8JsonWriter writer, OffsetDateTime time, JsonSerializerOptions options) =>
            writer.WriteRawValue($"\"{OffsetDateTimePattern.Rfc3339.Format(time)}\""); // a string would have its + escaped
    }
}
