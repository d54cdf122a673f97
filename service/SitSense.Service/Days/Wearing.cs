using NodaTime;
using SitSense.Service.Storage;

namespace SitSense.Service.Days;

/// <summary>Who wore which device when: the assignments, and where there is none the device itself.</summary>
public sealed class Wearing(IReadOnlyList<Assignment> assignments)
{
    readonly ILookup<string, Assignment> byDevice = assignments.ToLookup(assignment => assignment.Device);

    /// <summary>Who had the device at an instant.</summary>
    public string WearerOf(string device, Instant at) =>
        byDevice[device].LastOrDefault(assignment => !(assignment.From > at) && !(assignment.To <= at))?.Wearer ?? device;

    /// <summary>Every device that the wearer may have had, by name.</summary>
    public IEnumerable<string> DevicesOf(string wearer) =>
        assignments.Where(assignment => assignment.Wearer == wearer).Select(assignment => assignment.Device).Append(wearer).Distinct().Order(StringComparer.Ordinal);

    /// <summary>When the wearer had the device, ascending; null = since ever, for ever.</summary>
    public IEnumerable<(Instant? From, Instant? To)> SpansOf(string wearer, string device)
    {
        var ascending = byDevice[device].OrderBy(assignment => assignment.From ?? Instant.MinValue).ToList();
        foreach (var assignment in ascending.Where(assignment => assignment.Wearer == wearer))
            yield return (assignment.From, assignment.To);
        if (wearer != device)
            yield break;
        Instant? free = null;       // since when nobody else has it
        var taken = false;
        foreach (var (_, _, from, to) in ascending)
        {
            if (from is not null && (!taken && free is null || free < from))
                yield return (free, from);
            (free, taken) = (to, true);
            if (to is null)
                yield break;
        }
        yield return (free, null);
    }
}
