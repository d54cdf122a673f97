using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Sitting;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>What a device counted by its seq: a change of posture, or a reminder (no posture).</summary>
readonly record struct NumberedRecord(long Boot, long Seq, Instant Said, Instant Arrived, Posture? Posture, string? Reminder, long? SittingMs)
{
    public string Topic => Posture is null ? "reminder" : "posture";

    public string Word => Posture is { } posture ? PostureWord.Of(posture) : $"reminder {Reminder}";

    /// <summary>Same content under the same number. The time is no part of it: a device that reckons from <c>ageMs</c> never says it twice alike.</summary>
    public bool SaysTheSame(NumberedRecord other) => Posture == other.Posture && Reminder == other.Reminder;
}
