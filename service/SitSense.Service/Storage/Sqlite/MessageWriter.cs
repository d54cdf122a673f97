using System.Text;
using NodaTime;
using SitSense.Service.Ingest;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>
/// The way of messages into the tables, within the writer's transaction. What it knows of devices and boots stays known from batch to batch, until
/// somebody else writes.
/// </summary>
sealed class MessageWriter(Writer db)
{
    /// <summary>So many devices or boots are remembered.</summary>
    const int Memory = 20_000;

    const int RefusedKept = 1_000;

    /// <summary>A heartbeat as old as this on arrival fills the past; a younger one is today's growth.</summary>
    static readonly Duration Late = Duration.FromMinutes(10);

    readonly Dictionary<string, DeviceRow> _devices = [];
    readonly Dictionary<(long Device, long Boot), BootRow> _boots = [];
    readonly HashSet<DeviceRow> _heard = [];
    readonly HashSet<BootRow> _reached = [];
    readonly TouchedNotes _touched = new();
    readonly Records _records = new(db);
    long? _version;
    bool _refused;

    /// <summary>Forgets what it knows, because the tables may say otherwise.</summary>
    public void Forget()
    {
        _devices.Clear();
        _boots.Clear();
        _heard.Clear();
        _reached.Clear();
        _touched.Clear();
        _refused = false;
    }

    public Outcome[] Store(IReadOnlyList<Message> batch)
    {
        var version = db.Number("PRAGMA data_version");     // another one when another connection has written
        if (version != _version || _devices.Count > Memory || _boots.Count > Memory)
            Forget();
        _version = version;
        var outcomes = new Outcome[batch.Count];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = batch[i] switch
            {
                PostureMessage m => Store(m, new NumberedRecord(m.Boot, m.Seq, m.At, m.Arrived, m.Posture, null, null), m.Device),
                ReminderMessage m => Store(m, new NumberedRecord(m.Boot, m.Seq, m.At, m.Arrived, null, m.Kind, m.SittingMs), m.Device),
                HeartbeatMessage m => Store(m),
                MeasuresMessage m => Measures.Put(db, Heard(m.Device, m.Arrived).Id, m) ? Outcome.Stored : Outcome.Duplicate,
                StatusMessage m => Store(m),
                RefusedMessage m => Refuse(m.Arrived, m.Topic, m.Reason, m.Payload),
                var other => throw new ArgumentException($"No such message: {other.GetType()}", nameof(batch)),
            };
        foreach (var boot in _reached)
            boot.Save(db);
        foreach (var device in _heard)
            device.Save(db);
        _touched.Flush(db);
        if (_refused)
            db.Run("DELETE FROM refused WHERE id <= (SELECT max(id) FROM refused) - ?1", RefusedKept);
        _reached.Clear();
        _heard.Clear();
        _refused = false;
        return outcomes;
    }

    Outcome Store(Message message, NumberedRecord record, string name)
    {
        var device = Heard(name, message.Arrived);
        var boot = Boot(device, record.Boot);
        var isNewest = boot.Newest is null || record.Seq > boot.Newest.Value.Seq;
        var isNext = boot.Span is null || (boot.Newest?.Seq == record.Seq - 1 && boot.HeardUpTo < record.Seq);
        if (!isNewest && _records.Find(device, record) is { } stored)
            return stored.SaysTheSame(record) ? Outcome.Duplicate : Refuse(message.Arrived,
                message.Raw?.Topic ?? $"{name}/{record.Topic}",
                $"boot {record.Boot} seq {record.Seq} of {name} is stored already as {stored.Word}, and this says {record.Word}",
                message.Raw?.Payload ?? Encoding.UTF8.GetBytes(record.Word));

        var (at, first, last) = isNewest ? _records.Append(device, boot, record) : _records.Insert(device, boot, record);
        boot.Reach(record.Said.ToUnixTimeMilliseconds());
        // Out of turn a record may join or part what lies anywhere in its boot.
        if (!isNext)
            (first, last) = (Math.Min(first, boot.Span!.Value.First), Math.Max(last, boot.Span.Value.Last));
        _touched.Add(device.Holders, first, last);
        if (record.Posture is { } posture)
            device.Changed(record.Boot, record.Seq, Instant.FromUnixTimeMilliseconds(at), posture);
        return Outcome.Stored;
    }

    Outcome Store(HeartbeatMessage m)
    {
        var device = Heard(m.Device, m.Arrived);
        var boot = Boot(device, m.Boot);
        var at = m.At.ToUnixTimeMilliseconds();
        var isGrowth = m.Arrived - m.At < Late && !(boot.Newest?.Seq > m.Seq);
        if (Heartbeats.Put(db, device.Id, m) is { } span)
        {
            boot.Reach(at);
            // Out of turn it may vouch for, or part, what lies anywhere in its boot.
            var isOfNewest = boot.Newest is { } newest && newest.Seq == m.Seq && newest.At <= at && boot.HeardUpTo <= m.Seq;
            _touched.Add(device.Holders, isOfNewest ? span.First : boot.Span!.Value.First, isOfNewest ? span.Last : boot.Span!.Value.Last, isGrowth && isOfNewest);
        }
        boot.HearOf(m.Seq);
        device.Beat(m);
        return Outcome.Stored;
    }

    Outcome Store(StatusMessage m)
    {
        Heard(m.Device, m.Arrived).Says(m.Status);
        return Outcome.Stored;
    }

    Outcome Refuse(Instant arrived, string topic, string reason, byte[] payload)
    {
        _refused = true;
        db.Run("INSERT INTO refused(arrived, topic, reason, payload) VALUES(?1, ?2, ?3, ?4)", arrived, topic, reason, payload);
        return Outcome.Refused;
    }

    DeviceRow Heard(string name, Instant arrived)
    {
        if (!_devices.TryGetValue(name, out var device))
            _devices.Add(name, device = DeviceRow.Load(db, name));
        device.Seen(arrived);
        _heard.Add(device);
        return device;
    }

    BootRow Boot(DeviceRow device, long boot)
    {
        if (!_boots.TryGetValue((device.Id, boot), out var row))
            _boots.Add((device.Id, boot), row = BootRow.Load(db, device.Id, boot));
        _reached.Add(row);
        return row;
    }
}
