using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>Wearers, their settings, and who had which device when.</summary>
static class People
{
    const string AssignmentColumns = "device, wearer, first, last", SettingsColumns = "name, zone, work, lunch, moves, waking";

    static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static List<Assignment> Assignments(Database db) =>
        db.List(ReadAssignment, $"SELECT {AssignmentColumns} FROM assignment ORDER BY first NULLS FIRST, device");

    public static List<Assignment> AssignmentsOf(Database db, string device) =>
        db.List(ReadAssignment, $"SELECT {AssignmentColumns} FROM assignment WHERE device=?1", device);

    /// <summary>Of all devices that a wearer may have had, also what others had of them.</summary>
    public static List<Assignment> Assignments(Database db, string wearer) => db.List(ReadAssignment,
        $"SELECT {AssignmentColumns} FROM assignment WHERE device IN (SELECT device FROM assignment WHERE wearer=?1 UNION SELECT ?1) ORDER BY first NULLS FIRST, device", wearer);

    public static WearerSettings Settings(Database db, string wearer) =>
        db.List(ReadSettings, $"SELECT {SettingsColumns} FROM wearer WHERE name=?1", wearer).FirstOrDefault() ?? Unset(wearer);

    /// <summary>Everybody known, by name: by assignment, by settings, or as a device that said something while nobody had it.</summary>
    public static List<Wearer> Wearers(Database db)
    {
        var settings = db.List(ReadSettings, $"SELECT {SettingsColumns} FROM wearer").ToDictionary(s => s.Wearer);
        var assignments = Assignments(db).ToLookup(a => a.Device);
        var devices = settings.Keys.ToDictionary(name => name, _ => new SortedSet<string>(StringComparer.Ordinal));
        foreach (var assignment in assignments.SelectMany(a => a))
            Has(assignment.Wearer, assignment.Device);
        foreach (var device in db.List(row => row.GetString(0), "SELECT name FROM device"))
            if (!assignments.Contains(device) || IsItsOwn(db, device, assignments[device]))
                Has(device, device);
        return [.. devices.OrderBy(d => d.Key, StringComparer.Ordinal)
            .Select(d => new Wearer(settings.GetValueOrDefault(d.Key) ?? Unset(d.Key), [.. d.Value]))];

        void Has(string wearer, string device)
        {
            if (!devices.TryGetValue(wearer, out var had))
                devices.Add(wearer, had = new SortedSet<string>(StringComparer.Ordinal));
            had.Add(device);
        }
    }

    /// <summary>Stores what a wearer set; false when it was so already.</summary>
    public static bool Save(Writer db, WearerSettings settings)
    {
        var work = settings.Work is null ? null : JsonSerializer.Serialize(settings.Work.OrderBy(w => w.Key).ToDictionary(w => (int)w.Key, w => Hours(w.Value)));
        var lunch = settings.Lunch is { } l ? JsonSerializer.Serialize(Hours(l)) : null;
        var waking = settings.Waking is { } w ? JsonSerializer.Serialize(Hours(w)) : null;
        var moves = settings.Moves.Count == 0 ? null : JsonSerializer.Serialize(settings.Moves.OrderBy(move => move.Key).ToDictionary(move => move.Key.ToIsoText(), move => move.Value));
        object?[] values = [settings.Wearer, settings.Zone, work, lunch, moves, waking];
        if (db.Number("SELECT 1 FROM wearer WHERE name=?1 AND zone IS ?2 AND work IS ?3 AND lunch IS ?4 AND moves IS ?5 AND waking IS ?6", values) is not null)
            return false;
        db.Run("INSERT OR REPLACE INTO wearer(name, zone, work, lunch, moves, waking) VALUES(?1, ?2, ?3, ?4, ?5, ?6)", values);
        return true;
    }

    static WearerSettings Unset(string wearer) => new(wearer, null, null, null);

    static Assignment ReadAssignment(Microsoft.Data.Sqlite.SqliteDataReader row) => new(row.GetString(0), row.GetString(1), row.TimeOrNull(2), row.TimeOrNull(3));

    static WearerSettings ReadSettings(Microsoft.Data.Sqlite.SqliteDataReader row)
    {
        var settings = new WearerSettings(row.GetString(0), row.TextOrNull(1),
            row.TextOrNull(2) is { } work ? JsonSerializer.Deserialize<Dictionary<int, string[]>>(work)!.ToDictionary(w => (IsoDayOfWeek)w.Key, w => Hours(w.Value)) : null,
            row.TextOrNull(3) is { } lunch ? Hours(JsonSerializer.Deserialize<string[]>(lunch)!) : null)
        {
            Waking = row.TextOrNull(5) is { } waking ? Hours(JsonSerializer.Deserialize<string[]>(waking)!) : null,
        };
        return row.TextOrNull(4) is not { } moves ? settings
            : settings with { Moves = JsonSerializer.Deserialize<Dictionary<string, string>>(moves)!.ToDictionary(move => LocalDatePattern.Iso.Parse(move.Key).Value, move => move.Value) };
    }

    static string[] Hours((LocalTime From, LocalTime To) hours) => [Minutes.Format(hours.From), Minutes.Format(hours.To)];

    static (LocalTime From, LocalTime To) Hours(string[] hours) => (Minutes.Parse(hours[0]).Value, Minutes.Parse(hours[1]).Value);

    static bool IsItsOwn(Database db, string device, IEnumerable<Assignment> assignments)
    {
        if (DeviceTime.Span(db, device) is not { } span)
            return false;
        return new Holders(device, assignments).Within(span).Any(piece => piece.Wearer == device && DeviceTime.HasRecords(db, device, piece.Span));
    }
}
