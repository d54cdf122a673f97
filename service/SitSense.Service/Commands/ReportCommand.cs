using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Ingest;
using SitSense.Service.Web;

namespace SitSense.Service.Commands;

/// <summary>The days' figures, hours or summaries, from the store or from a file alone: a table for people, JSON or CSV for programs, and a page to be printed.</summary>
static class ReportCommand
{
    public static Command Create(Invocation invocation)
    {
        var wearer = CommonOptions.Wearer("Whose days; everybody's when left out. With a file: who had its devices.");
        var from = CommonOptions.Date("--from", "The first date; with --to every date between is given, else those with figures.");
        var to = CommonOptions.Date("--to", "The last date, included.");
        var slice = new Option<string>("--slice") { Description = $"{SliceChoice.Wanted}; day when left out.", HelpName = "SLICE" };
        var summary = new Option<string>("--summary") { Description = "Means, intervals and changes of weeks, or of all the dates, instead of days." };
        summary.AcceptOnlyFromAmong("week", "period");
        var profile = new Option<bool>("--profile") { Description = "Sitting and known time of each local hour instead of figures." };
        var csv = new Option<bool>("--csv") { Description = "Results as CSV." };
        var html = new Option<bool>("--html") { Description = "One page to be printed, with pictures: a wearer's last two weeks, or from when to when is said." };
        var line = new Option<double?>("--line")
        {
            Description = "Hours of sitting at which that page's picture has its line; 0 for none, 6 of an eight-hour day if not given.",
            HelpName = "HOURS",
            CustomParser = result =>
            {
                if (double.TryParse(result.Tokens.Single().Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours <= 24)
                    return hours;
                result.AddError($"--line: '{result.Tokens.Single().Value}' is no number of hours from 0 to 24.");
                return null;
            },
        };
        var activPal = new Option<string>("--activpal") { Description = "From this activPAL file alone, without the store.", HelpName = "FILE" };
        var changes = new Option<string>("--changes") { Description = "From this file of changes alone, without the store.", HelpName = "FILE" };
        var zone = ImportCommand.ZoneOption("The zone of a file's days, and of its times without an offset.");
        var command = new Command("report", "The days' figures.") { wearer, from, to, slice, summary, profile, csv, html, line, activPal, changes, zone };
        command.Validators.Add(parsed =>
        {
            if (parsed.Children.OfType<OptionResult>().Any(one => one.Errors.Any() || one.Tokens.Count < one.Option.Arity.MinimumNumberOfValues))
                return;     // said already, and without a value
            var files = (parsed.GetResult(activPal) is null ? 0 : 1) + (parsed.GetResult(changes) is null ? 0 : 1);
            var choice = SliceChoice.Parse(parsed.GetValue(slice) ?? SliceChoice.Day.Name);
            if (choice is null)
                parsed.AddError($"--slice: '{parsed.GetValue(slice)}' is none of {SliceChoice.Wanted}.");
            if (new[] { parsed.GetValue(csv), parsed.GetValue(html), parsed.GetValue(Invocation.Json) }.Count(asked => asked) > 1)
                parsed.AddError("--csv, --html and --json exclude each other.");
            if (new[] { parsed.GetValue(profile), parsed.GetValue(html), parsed.GetResult(summary) is not null }.Count(asked => asked) > 1)
                parsed.AddError("--html, --profile and --summary exclude each other.");
            if (parsed.GetValue(html) && choice?.Span is not null)
                parsed.AddError("--html is of dates, not of a span of time.");
            if (parsed.GetResult(line) is not null && !parsed.GetValue(html))
                parsed.AddError("--line goes with --html.");
            if (files > 1)
                parsed.AddError("--activpal and --changes exclude each other.");
            if (files > 0 && choice == SliceChoice.Work)
                parsed.AddError("--slice work needs the store: a file knows no work hours.");
            if (choice?.Span is not null && (parsed.GetResult(from) is not null || parsed.GetResult(to) is not null || parsed.GetResult(summary) is not null))
                parsed.AddError("--slice: a span of time needs no dates and has no summary.");
            if (files == 0 && parsed.GetResult(zone) is not null)
                parsed.AddError("--zone goes with a file; in the store each wearer has a zone.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            var (first, last, choice) = (parsed.GetValue(from), parsed.GetValue(to), SliceChoice.Parse(parsed.GetValue(slice) ?? SliceChoice.Day.Name)!);
            if (first > last)
                throw new BadRequest("--from is after --to.");
            var now = Instant.FromDateTimeOffset(invocation.Clock.GetUtcNow());
            var clock = parsed.GetValue(zone) ?? invocation.Options.Wearer.Zone;
            IReportSource source = parsed.GetValue(activPal) is { } pal ? FromFile(pal, (file, complaints) => new ImportActivPal(file, clock, now, complaints).Read())
                : parsed.GetValue(changes) is { } path ? FromFile(path, (file, complaints) => new ImportChanges(file, clock, now, complaints).Read())
                : new ReportStore(invocation, parsed.GetValue(wearer), choice, stop);
            if (parsed.GetValue(html))
            {
                await invocation.Output.WriteAsync(await source.PageAsync(first, last, parsed.GetValue(line), now));
                return 0;
            }
            var (json, rows) = (parsed.GetValue(Invocation.Json), parsed.GetValue(csv));
            await (parsed.GetValue(summary) is { } by ? SummaryOutput.WriteAsync(source.SummariesAsync(first, last, by == "week"), json, rows, invocation.Output)
                : parsed.GetValue(profile) ? ProfileOutput.WriteAsync(source.ProfilesAsync(first, last), json, rows, invocation.Output)
                : ReportOutput.WriteAsync(source.DaysAsync(first, last), json, rows, invocation.Output));
            return 0;

            ReportFile FromFile(string path, Func<ImportFile, ImportComplaints, IEnumerable<Message>> read) => new(
                read(ImportFile.Open(path, stop), new(invocation.Error, path)),
                parsed.GetValue(wearer), clock, choice, invocation.Options.Sitting);
        });
        return command;
    }
}
