using System.CommandLine;
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
        var work = new Option<string>("--work") { Description = "Work hours, like \"Mon-Fri 09:00-17:00\" or \"Mon-Thu 09:00-17:00; Fri 09:00-13:00\"; 'none' removes them." };
        var lunch = new Option<string>("--lunch") { Description = "Cut out of the work hours, like 12:00-13:00; 'none' removes it." };
        var command = new Command("wearer", "Sets a wearer's zone and hours; what is not given stays as it is.") { name, zone, work, lunch };
        command.SetAction(async (parsed, cancel) =>
        {
            var wearer = Parse.Wearer("wearer", parsed.GetValue(name));
            await using var store = invocation.OpenStore();
            var book = new DayBook(store, invocation.Options);
            var settings = (await book.FindAsync(wearer, cancel))?.Settings ?? new WearerSettings(wearer, null, null, null);
            if (parsed.GetValue(zone) is { } newZone)
                settings = settings with { Zone = newZone == Nothing ? null : Parse.Zone("--zone", newZone) };
            if (parsed.GetValue(work) is { } newWork)
                settings = settings with
                {
                    Work = newWork == Nothing ? null : WorkHours.Week(newWork) ?? throw new BadRequest($"--work: '{newWork}' is not like \"Mon-Fri 09:00-17:00\"."),
                };
            if (parsed.GetValue(lunch) is { } newLunch)
                settings = settings with
                {
                    Lunch = newLunch == Nothing ? null : WorkHours.Hours(newLunch) ?? throw new BadRequest($"--lunch: '{newLunch}' is not like 12:00-13:00."),
                };
            if (parsed.GetResult(zone) is not null || parsed.GetResult(work) is not null || parsed.GetResult(lunch) is not null)
                await store.SaveWearerAsync(settings, cancel);
            var row = new
            {
                settings.Wearer,
                Zone = book.ZoneOf(settings).Id,
                Work = settings.Work is { } week ? WorkHours.Text(week) : null,
                Lunch = settings.Lunch is { } meal ? WorkHours.Text(meal) : null,
            };
            if (parsed.GetValue(Invocation.Json))
                invocation.WriteJson(row);
            else
                Table.Write(invocation.Output, ["wearer", "zone", "work", "lunch"], [[row.Wearer, row.Zone, row.Work, row.Lunch]]);
        });
        return command;
    }
}
