using System.Text.Json;
using SitSense.Service.Ingest;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>What devices measured beyond posture, one row a device and time.</summary>
static class Measures
{
    /// <summary>Stores it; false when something of that device and time is stored already.</summary>
    public static bool Put(Writer db, long device, MeasuresMessage message)
    {
        var at = message.At.ToUnixTimeMilliseconds();
        if (db.Number("SELECT 1 FROM measure WHERE device=?1 AND at=?2", device, at) is not null)
            return false;
        db.Run("INSERT INTO measure VALUES(?1, ?2, ?3, ?4, ?5)", device, at, message.Boot, JsonSerializer.Serialize(message.Figures), db.NextRevision());
        return true;
    }

    public static IReadOnlyDictionary<string, double> Figures(string json) => JsonSerializer.Deserialize<Dictionary<string, double>>(json)!;

    /// <summary>Rows of that time, both ends included, go to InfluxDB anew under their new wearer, and leave the former one's series.</summary>
    public static void Republish(Writer db, string device, string former, long first, long last)
    {
        foreach (var (id, at) in db.List(row => (row.GetInt64(0), row.GetInt64(1)),
            "SELECT device, at FROM measure WHERE device=(SELECT id FROM device WHERE name=?1) AND at BETWEEN ?2 AND ?3", device, first, last))
        {
            db.Run("INSERT INTO withdrawn(revision, measurement, wearer, device, time) VALUES(?1, 'measures', ?2, ?3, ?4)", db.NextRevision(), former, device, at);
            db.Run("UPDATE measure SET revision=?3 WHERE device=?1 AND at=?2", id, at, db.NextRevision());
        }
    }
}
