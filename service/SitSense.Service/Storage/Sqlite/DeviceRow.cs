using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Sitting;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>A device while messages are stored: its row, read once and written once a batch, and who had it.</summary>
sealed class DeviceRow
{
    long? _toldBoot, _toldSeq, _newestChange, _newestReminder;
    Instant? _told, _since, _healthAt;
    Posture? _posture;
    string? _status, _firmware;
    double? _battery;
    long? _rssi, _heap, _journal, _revision;
    Instant _seen = Instant.MinValue;
    bool _healthTold;

    DeviceRow(string name, Holders holders) => (Name, Holders) = (name, holders);

    public long Id { get; private set; }
    public string Name { get; }
    public Holders Holders { get; }

    /// <summary>The newest stamp among the device's changes, or its reminders; null = not looked up.</summary>
    public long? NewestStamp(bool reminders) => reminders ? _newestReminder : _newestChange;

    public void SetNewestStamp(bool reminders, long? stamp) => _ = reminders ? _newestReminder = stamp : _newestChange = stamp;

    /// <summary>The device's row; a new one when it was never heard before.</summary>
    public static DeviceRow Load(Writer db, string name)
    {
        var device = new DeviceRow(name, new Holders(name, People.AssignmentsOf(db, name)));
        using (var row = db.Rows("""
            SELECT id, seen, status, posture, since, told, told_boot, told_seq, health_at, battery, rssi, heap, journal, firmware, revision
            FROM device WHERE name=?1
            """, name))
            if (row.Read())
            {
                device.Id = row.GetInt64(0);
                (device._seen, device._status) = (row.Time(1), row.TextOrNull(2));
                (device._posture, device._since) = (row.PostureOrNull(3), row.TimeOrNull(4));
                (device._told, device._toldBoot, device._toldSeq) = (row.TimeOrNull(5), row.NumberOrNull(6), row.NumberOrNull(7));
                (device._healthAt, device._battery) = (row.TimeOrNull(8), row.IsDBNull(9) ? null : row.GetDouble(9));
                (device._rssi, device._heap, device._journal) = (row.NumberOrNull(10), row.NumberOrNull(11), row.NumberOrNull(12));
                (device._firmware, device._revision) = (row.TextOrNull(13), row.NumberOrNull(14));
                return device;
            }
        device.Id = db.Number("INSERT INTO device(name, seen) VALUES(?1, 0) RETURNING id", name)!.Value;
        return device;
    }

    public void Seen(Instant arrived) => _seen = arrived > _seen ? arrived : _seen;

    public void Says(string status) => _status = status;

    /// <summary>Takes a change as what holds now, unless something newer was heard: by seq within a boot, else by time.</summary>
    public void Changed(long boot, long seq, Instant at, Posture posture)
    {
        if (IsNews(boot, seq, at))
            (_posture, _since, _told, _toldBoot, _toldSeq) = (posture, at, at, boot, seq);
        else if (boot == _toldBoot && _since < at)
            _since = at;    // a later number is never before an earlier one's time
    }

    /// <summary>Takes a heartbeat's posture and health, unless something newer was heard.</summary>
    public void Beat(HeartbeatMessage heartbeat)
    {
        if (IsNews(heartbeat.Boot, heartbeat.Seq, heartbeat.At))
        {
            if (_posture != heartbeat.Posture)
                (_posture, _since) = (heartbeat.Posture, heartbeat.At);
            (_told, _toldBoot, _toldSeq) = (heartbeat.At, heartbeat.Boot, heartbeat.Seq);
        }
        if (_healthAt >= heartbeat.At)
            return;
        _healthAt = heartbeat.At;
        (_battery, _rssi, _heap, _journal) = (heartbeat.Battery, heartbeat.Rssi, heartbeat.HeapFree, heartbeat.Journal);
        _firmware = heartbeat.Firmware ?? _firmware;
        _healthTold |= _battery is not null || _rssi is not null || _heap is not null || _journal is not null;
    }

    public void Save(Writer db)
    {
        if (_healthTold)
            _revision = db.NextRevision();
        _healthTold = false;
        db.Run("""
            UPDATE device SET seen=?2, status=?3, posture=?4, since=?5, told=?6, told_boot=?7, told_seq=?8,
                health_at=?9, battery=?10, rssi=?11, heap=?12, journal=?13, firmware=?14, revision=?15
            WHERE id=?1
            """, Id, _seen, _status, _posture, _since, _told, _toldBoot, _toldSeq, _healthAt, _battery, _rssi, _heap, _journal, _firmware, _revision);
    }

    public static List<DeviceState> ReadAll(Database db) => db.List(
        row => new DeviceState(row.GetString(0), row.TextOrNull(1), row.PostureOrNull(2), row.TimeOrNull(3), row.Time(4),
            row.IsDBNull(5) ? null : row.GetDouble(5), (int?)row.NumberOrNull(6), row.TextOrNull(7)),
        "SELECT name, status, posture, since, seen, battery, rssi, firmware FROM device ORDER BY name");

    bool IsNews(long boot, long seq, Instant at) => _told is null || (boot == _toldBoot ? seq >= _toldSeq : at >= _told);
}
