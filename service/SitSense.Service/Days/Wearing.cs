using NodaTime;
using SitSense.Service.Storage;

namespace SitSense.Service.Days;

/// <summary>Who wore which device when: the assignments, and where there is none the device itself.</summary>
public sealed class Wearing(IEnumerable<Assignment> assignments)
{
    readonly ILookup<string, Assignment> byDevice = assignments.ToLookup(assignment => assignment.Device);

    /// <summary>Who had the device at an instant.</summary>
    public string WearerOf(string device, Instant at) =>
        byDevice[device].LastOrDefault(assignment => !(assignment.From > at) && !(assignment.To <= at))?.Wearer ?? device;
}
