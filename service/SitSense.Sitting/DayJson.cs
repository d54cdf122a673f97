using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace SitSense.Sitting;

/// <summary>The JSON form of a day's figures: one object, its names and their order those of <see cref="DayFigures"/>, dates as yyyy-MM-dd.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(DateConverter)])]
[JsonSerializable(typeof(DayFigures))]
[JsonSerializable(typeof(IReadOnlyList<DayFigures>))]
public sealed partial class DayJson : JsonSerializerContext
{
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
}
