using System.Buffers;
using System.Text;
using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Ingest;

/// <summary>Understands what devices send, and says why where it does not.</summary>
/// <param name="root">The first levels of every topic.</param>
sealed class MessageReader(string root)
{
    /// <summary>The biggest payload that is looked at.</summary>
    public const int MaxPayloadBytes = 64 * 1024;

    /// <summary>How much of a refused payload is kept for whoever looks for its sender.</summary>
    const int KeptBytes = 4 * 1024;

    static readonly Instant Earliest = Instant.FromUtc(2020, 1, 1, 0, 0);
    static readonly Duration MaxAhead = Duration.FromMinutes(5);

    static readonly SearchValues<char> IdLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    readonly string prefix = root + "/";

    /// <summary>The message, or the refused one with its reason; null where the topic is none on which devices report.</summary>
    public Message? Read(string topic, in ReadOnlySequence<byte> payload, Instant arrived)
    {
        if (!topic.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        var levels = topic.AsSpan(prefix.Length);
        var slash = levels.IndexOf('/');
        if (slash < 0)
            return null;
        var (id, kind) = (levels[..slash].ToString(), levels[(slash + 1)..].ToString());
        if (kind is not ("posture" or "heartbeat" or "reminder" or "measures" or "status"))
            return null;
        if (kind is "status" && payload.IsEmpty)
            return null;        // forgets the retained status; says nothing of the device
        var reason = id.Length is < 1 or > 32 || id.AsSpan().ContainsAnyExcept(IdLetters) ? "the device id is not of a-z, 0-9 and -, 1 to 32 of them"
            : payload.Length > MaxPayloadBytes ? "the payload is over 64 KiB" : null;
        if (reason is null)
        {
            var bytes = payload.IsSingleSegment ? payload.FirstSpan : payload.ToArray();
            var message = kind is "status" ? ReadStatus(id, bytes, arrived, out reason) : ReadJson(id, kind, bytes, arrived, out reason);
            if (message is not null)
                return message;
        }
        return new RefusedMessage(arrived, topic, reason!, payload.Slice(0, Math.Min(payload.Length, KeptBytes)).ToArray());
    }

    static StatusMessage? ReadStatus(string device, ReadOnlySpan<byte> text, Instant arrived, out string? reason)
    {
        var status = text.SequenceEqual("online"u8) ? "online" : text.SequenceEqual("offline"u8) ? "offline" : text.SequenceEqual("asleep"u8) ? "asleep" : null;
        reason = status is null ? "the status is not online, offline or asleep" : null;
        return status is null ? null : new(arrived, device, status);
    }

    static Message? ReadJson(string device, string kind, ReadOnlySpan<byte> json, Instant arrived, out string? reason)
    {
        if (!Payload.TryRead(json, out var fields, figures: kind is "measures"))
        {
            reason = json.IsEmpty ? "the payload is empty" : "the payload is no JSON object in UTF-8";
            return null;
        }
        var posture = PostureWord.Read(fields.Posture);
        var at = TimeOf(fields, arrived);
        reason = fields.Version != 1 ? "v is not 1"
            : fields.Boot is not >= 0 ? "boot is no integer from 0 up"
            : kind is "measures" ? fields.Figures!.Count > 0 ? null : "there is no figure"
            : fields.Seq is not >= 0 ? "seq is no integer from 0 up"
            : kind is "reminder" ? fields.Kind is "due" or "repeat" or "snoozed" or "heeded" or "paused" ? null : "kind is not due, repeat, snoozed, heeded or paused"
            : posture is null ? "posture is not sitting, upright, object, off or unknown" : null;
        reason ??= fields.HasAt && fields.At is null ? "at is no RFC 3339 time"
            : at is null ? "there is neither at nor ageMs"
            : at < Earliest ? "the time is before 2020"
            : at - arrived > MaxAhead ? "the time is more than 5 minutes ahead" : null;
        if (reason is not null)
            return null;
        if (kind is "measures")
            return new MeasuresMessage(arrived, device, fields.Boot!.Value, at!.Value, fields.Figures!);
        var (boot, seq) = (fields.Boot!.Value, fields.Seq!.Value);
        return kind switch
        {
            "posture" => new PostureMessage(arrived, device, boot, seq, at!.Value, posture!.Value),
            "reminder" => new ReminderMessage(arrived, device, boot, seq, at!.Value, fields.Kind!, fields.SittingMs is >= 0 ? fields.SittingMs : null),
            _ => new HeartbeatMessage(arrived, device, boot, seq, at!.Value, posture!.Value,
                fields.Battery is >= 0 and <= 1 ? fields.Battery : null, fields.Rssi, fields.HeapFree, fields.Journal, fields.Firmware),
        };
    }

    /// <summary>By the device's clock, or by its age at arrival; an age that leads before all time is before 2020 too.</summary>
    static Instant? TimeOf(in Payload fields, Instant arrived) =>
        fields.HasAt ? fields.At
        : fields.AgeMs is not { } age || age < 0 ? null
        : Instant.FromUnixTimeMilliseconds(Math.Max(arrived.ToUnixTimeMilliseconds() - age, 0));
}
