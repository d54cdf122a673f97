using SitSense.Service.Storage;

namespace SitSense.Service.Web;

/// <summary>Who has a device from when to when, as the API takes it; no <c>from</c> = since ever, no <c>to</c> = until further notice.</summary>
public sealed record AssignmentBody(string? Device, string? Wearer, string? From, string? To)
{
    internal Assignment Read()
    {
        var assignment = new Assignment(Parse.Device("device", Device), Parse.Wearer("wearer", Wearer),
            From is null ? null : Parse.Time("from", From),
            To is null ? null : Parse.Time("to", To));
        return assignment is { From: { } from, To: { } to } && from >= to
            ? throw new BadRequest($"from: {From} is not before to: {To}.")
            : assignment;
    }
}
