using System.CommandLine;
using NodaTime;

namespace SitSense.Service.Commands;

/// <summary>Takes what other programs recorded into the store. Importing the same file again changes nothing; a wrong line stops no good one.</summary>
static class ImportCommand
{
    public static Command Create(Invocation invocation) => new("import", "Takes recordings of other programs into the store.")
    {
        ActivPal(invocation),
        Changes(invocation),
    };

    /// <summary>An option that takes an IANA zone.</summary>
    public static Option<DateTimeZone?> ZoneOption(string description) => new("--zone")
    {
        Description = description,
        HelpName = "ZONE",
        CustomParser = result =>
        {
            var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(result.Tokens.Single().Value);
            if (zone is null)
                result.AddError($"--zone: '{result.Tokens.Single().Value}' is no IANA time zone like Europe/Berlin.");
            return zone;
        },
    };

    static Command ActivPal(Invocation invocation)
    {
        var file = new Argument<string>("FILE") { Description = "Events.csv, EventsEx.csv or start,duration_s,code; plain or gzip." };
        var wearer = CommonOptions.Wearer("Whose recording it is.");
        wearer.Required = true;
        var zone = ZoneOption("The zone of the file's clock; the wearer's own when left out.");
        var command = new Command("activpal", "An activPAL's events.") { file, wearer, zone };
        command.SetAction((parsed, stop) => new Import(invocation, parsed.GetValue(Invocation.Json)).RunAsync(parsed.GetValue(file)!, parsed.GetValue(wearer), parsed.GetValue(zone),
            (from, where, now, complaints) => new ImportActivPal(from, where, now, complaints).Read(), stop));
        return command;
    }

    static Command Changes(Invocation invocation)
    {
        var file = new Argument<string>("FILE") { Description = "CSV at,posture[,device,boot,seq], or JSON Lines of posture payloads with device; plain or gzip." };
        var wearer = CommonOptions.Wearer("Who had the devices then; each is its own wearer when left out.");
        var zone = ZoneOption("The zone of times without an offset.");
        var command = new Command("changes", "Changes of posture.") { file, wearer, zone };
        command.SetAction((parsed, stop) => new Import(invocation, parsed.GetValue(Invocation.Json)).RunAsync(parsed.GetValue(file)!, parsed.GetValue(wearer), parsed.GetValue(zone),
            (from, where, now, complaints) => new ImportChanges(from, where, now, complaints).Read(), stop));
        return command;
    }
}
