using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Ingest;

/// <summary>One message from a device, understood and within the contract, or refused with its reason.</summary>
/// <param name="Arrived">When it reached the worker.</param>
public abstract record Message(Instant Arrived)
{
    /// <summary>The message as it came, kept when the store refuses it; null where none came over the air (an import).</summary>
    public RawMessage? Raw { get; init; }
}

/// <summary>A message before anybody understood it.</summary>
public readonly record struct RawMessage(string Topic, byte[] Payload);

/// <summary>From <paramref name="At"/> on the posture is <paramref name="Posture"/>.</summary>
public sealed record PostureMessage(Instant Arrived, string Device, long Boot, long Seq, Instant At, Posture Posture) : Message(Arrived);

/// <summary>What became of a reminder; <paramref name="Kind"/> is due, repeat, snoozed, heeded or paused.</summary>
public sealed record ReminderMessage(Instant Arrived, string Device, long Boot, long Seq, Instant At, string Kind, long? SittingMs) : Message(Arrived);

/// <summary>The posture of message <paramref name="Seq"/> still holds; with the device's own health where it told.</summary>
public sealed record HeartbeatMessage(Instant Arrived, string Device, long Boot, long Seq, Instant At, Posture Posture,
    double? Battery, int? Rssi, long? HeapFree, int? Journal, string? Firmware) : Message(Arrived);

/// <summary>What a device measured beyond posture: figures by name, each error as a figure of its own.</summary>
public sealed record MeasuresMessage(Instant Arrived, string Device, long Boot, Instant At, IReadOnlyDictionary<string, double> Figures) : Message(Arrived);

/// <summary>The device's retained status: online, offline or asleep.</summary>
public sealed record StatusMessage(Instant Arrived, string Device, string Status) : Message(Arrived);

/// <summary>A message outside the contract, kept for whoever looks for its sender.</summary>
public sealed record RefusedMessage(Instant Arrived, string Topic, string Reason, byte[] Payload) : Message(Arrived);
