using NodaTime;

namespace SitSense.Service.Storage;

/// <summary>Who had one device when: a pure reading of its assignments. Where there is none the device is its own wearer.</summary>
public sealed class Holders
{
    readonly string _device;
    readonly List<Assignment> _assignments;

    /// <param name="device">The device.</param>
    /// <param name="assignments">Its assignments, which don't overlap; in any order. Those of other devices are passed over.</param>
    public Holders(string device, IEnumerable<Assignment> assignments)
    {
        _device = device;
        _assignments = [.. assignments.Where(a => a.Device == device).OrderBy(a => a.From ?? Instant.MinValue)];
    }

    /// <summary>Whose the device was at an instant.</summary>
    public string At(Instant at) =>
        _assignments.Find(a => (a.From is null || a.From <= at) && (a.To is null || at < a.To))?.Wearer ?? _device;

    /// <summary>The span cut into pieces of one holder each, in order; a span of no length has one piece.</summary>
    public IEnumerable<(string Wearer, Interval Span)> Within(Interval span)
    {
        var from = span.Start;
        foreach (var edge in _assignments.SelectMany(a => new[] { a.From, a.To }).OfType<Instant>().Distinct().Order().Where(e => e > span.Start && e < span.End))
        {
            yield return (At(from), new Interval(from, edge));
            from = edge;
        }
        yield return (At(from), new Interval(from, span.End));
    }
}
