using NodaTime;
using SitSense.Service.Storage;
using SitSense.Sitting;

namespace SitSense.Service.Days;

/// <summary>Something that a page wants to show at once.</summary>
public abstract record LiveEvent;

/// <summary>A device reported a new change of posture.</summary>
public sealed record ChangeEvent(string Device, string Wearer, Instant At, Posture Posture) : LiveEvent;

/// <summary>The figures of a day were worked out anew.</summary>
public sealed record DayEvent(DayFigures Day) : LiveEvent;

/// <summary>A device was heard.</summary>
/// <param name="Device">What it last said.</param>
/// <param name="Wearer">Who has it now.</param>
public sealed record DeviceEvent(DeviceState Device, string Wearer) : LiveEvent;
