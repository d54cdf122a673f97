using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;
using SitSense.Sitting;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>How the project's types look in a column.</summary>
static class Columns
{
    public static Instant Time(this SqliteDataReader row, int column) => Instant.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static Instant? TimeOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static long? NumberOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static Posture Posture(this SqliteDataReader row, int column) => (Posture)row.GetInt64(column);

    public static Posture? PostureOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Posture(column);

    public static LocalDate Date(this SqliteDataReader row, int column) => LocalDatePattern.Iso.Parse(row.GetString(column)).Value;

    public static string ToIsoText(this LocalDate date) => LocalDatePattern.Iso.Format(date);
}
