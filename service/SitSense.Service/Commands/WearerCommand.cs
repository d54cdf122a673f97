using System.CommandLine;
using NodaTime;
using NodaTime.Text;
using SitSense.Service.Days;
using SitSense.Service.Storage;
using SitSense.Service.Web;

namespace SitSense.Service.Commands;

/// <summary>Shows or sets a wearer's zone and hours.</summary>
static class WearerCommand
{
    const string Nothing = "none";

    public static Command Create(Invocation invocation)
    {
        var name = new Argument<string>("wearer") { Description = "The pseudonym." };
        var zone = new Option<string>("--zone") { Description = "IANA time zone, like Europe/Berlin; 'none' = Wearer:Zone." };
        var from = new Option<string>("--from") { Description = "The local date from which --zone holds, for a wearer who travels; without it the zone is that of all dates.", HelpName = "DATE" };
        var work = new Option<string>("--work") { Description = "Work hours, like \"Mon-Fri 09:00-17:00\" or \"Mon-Thu 09:00-17:00; Fri 09:00-13:00\"; 'none' removes them." };
        var lunch = new Option<string>("--lunch") { Description = "Cut out of the work hours, like 12:00-13:00; 'none' removes it." };
        var waking = new Option<string>("--waking") { Description = "Waking hours, like 07:00-23:00, for slice waking; 'none' removes them: then the night's rest is looked for." };
        var command = new Command("wearer", "Sets a wearer's zones and hours; what is not given stays as it is.") { name, zone, from, work, lunch, waking };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(from) is not null && parsed.GetResult(zone) is null)
                parsed.AddError("--from goes with --zone.");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            var wearer = Parse.Wearer("wearer", parsed.GetValue(name));
            await using var store = invocation.OpenStore();
            var book = new DayBook(store, invocation.Options);
            var settings = (await book.FindAsync(wearer, cancel))?.Settings ?? new WearerSettings(wearer, null, null, null);
            if (parsed.GetValue(zone) is { } newZone)
                settings = WithZone(settings, newZone == Nothing ? null : Parse.Zone("--zone", newZone), parsed.GetValue(from) is { } date ? Parse.Date("--from", date) : null);
            if (parsed.GetValue(work) is { } newWork)
                settings = settings with
                {
                    Work = newWork == Nothing ? null : WeekHours.Week(newWork) ?? throw new BadRequest($"--work: '{newWork}' is not like \"Mon-Fri 09:00-17:00\"."),
                };
            if (parsed.GetValue(lunch) is { } newLunch)
                settings = settings with
                {
                    Lunch = newLunch == Nothing ? null : WeekHours.Hours(newLunch) ?? throw new BadRequest($"--lunch: '{newLunch}' is not like 12:00-13:00."),
                };
            if (parsed.GetValue(waking) is { } newWaking)
                settings = settings with
                {
                    Waking = newWaking == Nothing ? null : WeekHours.Hours(newWaking, pastMidnight: true) ?? throw new BadRequest($"--waking: '{newWaking}' is not like 07:00-23:00."),
                };
            if (new Option[] { zone, work, lunch, waking }.Any(option => parsed.GetResult(option) is not null))
                await store.SaveWearerAsync(settings, cancel);
            var row = new
            {
                settings.Wearer,
                Zone = book.ZonesOf(settings).Home.Id,
                Work = settings.Work is { } week ? WeekHours.Text(week) : null,
                Lunch = settings.Lunch is { } meal ? WeekHours.Text(meal) : null,
                Waking = settings.Waking is { } awake ? WeekHours.Text(awake) : null,
                Moves = settings.Moves.OrderBy(move => move.Key).ToDictionary(move => LocalDatePattern.Iso.Format(move.Key), move => move.Value),
            };
            if (parsed.GetValue(Invocation.Json))
                invocation.WriteJson(row);
            else
                Table.Write(invocation.Output, ["wearer", "zone", "work", "lunch", "waking"],
                    [[row.Wearer, string.Join(", ", row.Moves.Select(move => $"{move.Key} {move.Value}").Prepend(row.Zone)), row.Work, row.Lunch, row.Waking]]);
        });
        return command;
    }

    /// <summary>Another zone: of all dates, or from a date on until the next move; null = Wearer:Zone, or no move on that date.</summary>
    static WearerSettings WithZone(WearerSettings settings, string? zone, LocalDate? from)
    {
        if (from is not { } date)
            return settings with { Zone = zone, Moves = new Dictionary<LocalDate, string>() };
        var moves = settings.Moves.Where(move => move.Key != date).ToDictionary();
        if (zone is not null)
            moves[date] = zone;
        return settings with { Moves = moves };
    }
}
