using System.CommandLine;
using NodaTime;
using NodaTime.Text;
using SitSense.Service.Ingest;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>The days' figures, from the store or from a file alone: a table for people, JSON or CSV for programs, and a page to be printed.</summary>
static class ReportCommand
{
    public static Command Create(Invocation invocation)
    {
        var wearer = new Option<string>("--wearer") { Description = "Whose days; everybody's when left out. With a file: who had its devices.", HelpName = "WEARER" };
        var from = DateOption("--from", "The first date; with --to every date between is given, else those with figures.");
        var to = DateOption("--to", "The last date, included.");
        var slice = new Option<string>("--slice") { Description = "The calendar day or the work hours.", HelpName = "day|work", DefaultValueFactory = _ => "day" };
        slice.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string>() is not ("day" or "work"))
                given.AddError($"--slice: '{given.GetValueOrDefault<string>()}' is neither day nor work.");
        });
        var csv = new Option<bool>("--csv") { Description = "Results as CSV." };
        var html = new Option<bool>("--html") { Description = "One page to be printed, with pictures: a wearer's last two weeks, or from when to when is said." };
        var line = new Option<double?>("--line") { Description = "Hours of sitting at which that page's picture has its line; 0 for none, 6 of an eight-hour day if not given.", HelpName = "HOURS" };
        var activPal = new Option<string>("--activpal") { Description = "From this activPAL file alone, without the store.", HelpName = "FILE" };
        var changes = new Option<string>("--changes") { Description = "From this file of changes alone, without the store.", HelpName = "FILE" };
        var zone = ImportCommand.ZoneOption("The zone of a file's days, and of its times without an offset.");
        var command = new Command("report", "The days' figures.") { wearer, from, to, slice, csv, html, line, activPal, changes, zone };
        command.Validators.Add(parsed =>
        {
            var files = (parsed.GetResult(activPal) is null ? 0 : 1) + (parsed.GetResult(changes) is null ? 0 : 1);
            if (new[] { parsed.GetValue(csv), parsed.GetValue(html), parsed.GetValue(Invocation.Json) }.Count(asked => asked) > 1)
                parsed.AddError("--csv, --html and --json exclude each other.");
            if (parsed.GetValue(html) && files > 0)
                parsed.AddError("--html needs the store: import the file first.");
            if (parsed.GetResult(line) is { } given && !given.Errors.Any() && (!parsed.GetValue(html) || parsed.GetValue(line) is not (>= 0 and <= 24)))
                parsed.AddError("--line goes with --html, and is 0 to 24 hours.");
            if (files > 1)
                parsed.AddError("--activpal and --changes exclude each other.");
            if (files > 0 && parsed.GetValue(slice) == "work")
                parsed.AddError("--slice work needs the store: a file knows no work hours.");
            if (files == 0 && parsed.GetResult(zone) is not null)
                parsed.AddError("--zone goes with a file; in the store each wearer has a zone.");
            if (parsed.GetResult(from) is { } least && parsed.GetResult(to) is { } most && !least.Errors.Any() && !most.Errors.Any() && parsed.GetValue(from) > parsed.GetValue(to))
                parsed.AddError("--from is after --to.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            var (first, last) = (parsed.GetValue(from), parsed.GetValue(to));
            if (parsed.GetValue(html))
            {
                await invocation.Output.WriteAsync(await ReportStore.PageAsync(invocation, parsed.GetValue(wearer), first, last, parsed.GetValue(slice)!, parsed.GetValue(line), stop));
                return 0;
            }
            var clock = parsed.GetValue(zone) ?? invocation.Options.Wearer.Zone;
            var days = parsed.GetValue(activPal) is { } pal ? FromFile(pal, (file, now, complaints) => new ImportActivPal(file, clock, now, complaints).Read())
                : parsed.GetValue(changes) is { } path ? FromFile(path, (file, now, complaints) => new ImportChanges(file, clock, now, complaints).Read())
                : ReportStore.DaysAsync(invocation, parsed.GetValue(wearer), first, last, parsed.GetValue(slice)!, stop);
            var write = parsed.GetValue(Invocation.Json) ? ReportOutput.JsonAsync : parsed.GetValue(csv) ? ReportOutput.CsvAsync
                : (Func<IAsyncEnumerable<DayFigures>, TextWriter, Task>)ReportOutput.TableAsync;
            await write(days, invocation.Output);
            return 0;

            IAsyncEnumerable<DayFigures> FromFile(string path, Func<ImportFile, Instant, ImportComplaints, IEnumerable<Message>> read)
            {
                var messages = read(ImportFile.Open(path, stop), Instant.FromDateTimeOffset(invocation.Clock.GetUtcNow()), new(invocation.Error, path));
                return ReportFile.Days(messages, parsed.GetValue(wearer), clock, first, last, invocation.Options.Sitting).ToAsyncEnumerable();
            }
        });
        return command;
    }

    static Option<LocalDate?> DateOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DATE",
        CustomParser = result =>
        {
            if (LocalDatePattern.Iso.Parse(result.Tokens.Single().Value).TryGetValue(default, out var date))
                return date;
            result.AddError($"{name}: '{result.Tokens.Single().Value}' is no date like 2026-11-20.");
            return null;
        },
    };
}
