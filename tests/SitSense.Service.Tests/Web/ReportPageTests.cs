using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SitSense.Service.Tests.Commands;
using SitSense.Service.Tests.Running;
using SitSense.Service.Web.Report;
using SitSense.Testing;

namespace SitSense.Service.Tests.Web;

public sealed class ReportPageTests : IDisposable
{
    const string Rude = "<script>\"anna\" & 'ben' &lt;br><b>";

    readonly CommandRun run = new();

    /// <summary>A browser without a window that asks nobody anything.</summary>
    string[] Headless => ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", $"--user-data-dir={Path.Combine(run.Folder, "profile")}"];

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task The_page_is_whole_in_itself_and_every_day_has_its_strip_and_its_figures()
    {
        await ImportAsync("anna");
        var page = XDocument.Parse(await run.OutputOfAsync("report", "--html"));
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "img" or "iframe");
        Assert.Equal("data:,", Assert.Single(page.Descendants("link")).Attribute("href")!.Value);       // no icon, and no browser asks for one
        Assert.DoesNotMatch("https?:|url\\((?!#)|@import", page.ToString());
        var rows = page.Descendants("tbody").Single().Elements("tr").ToArray();
        Assert.Equal(14, rows.Length);
        Assert.Equal(["Fri 20 Nov", "2:00", "2:00", "1:00", "1", "0/1", "8 %*"], Cells(rows[^1]));
        Assert.Equal(["Mon 16 Nov", "10:00", "10:00", "10:00", "0", "–", "42 %"], Cells(rows[^5]));
        Assert.Equal(["long", "long"], rows[^1].Descendants("rect").Select(rect => rect.Attribute("class")!.Value).Where(kind => kind == "long"));
        var strip = rows[^5].Descendants("rect").Single(rect => rect.Attribute("class")!.Value == "long");
        Assert.Equal(("480", "600"), (strip.Attribute("x")!.Value, strip.Attribute("width")!.Value));     // from eight in the morning, local time
    }

    [Fact]
    public async Task What_is_incomplete_says_so_and_does_not_count()
    {
        await ImportAsync("anna");
        var page = XDocument.Parse(await run.OutputOfAsync("report", "--html"));
        Assert.Equal(13, page.Descendants("tr").Count(row => row.Attribute("class")?.Value == "part"));
        Assert.Contains("1 of 14 days complete, 0 of a weekend: too few for a mean", page.ToString());
        Assert.Equal(Enumerable.Repeat("–", 6), page.Descendants("dd").Select(figure => figure.Value));
        Assert.Contains(page.Descendants("text"), text => text.Value == "2.0*");
    }

    [Fact]
    public async Task The_page_shows_the_figures_of_the_summary()
    {
        var file = run.File("month.jsonl", Month());
        await run.OutputOfAsync("import", "changes", file, "--wearer", "anna");
        string[] dates = ["--from", "2026-11-02", "--to", "2026-11-15"];
        var summary = JsonDocument.Parse(await run.OutputOfAsync(["report", "--summary", "period", "--json", .. dates])).RootElement[0];
        var figures = summary.GetProperty("figures").EnumerateArray().ToDictionary(figure => figure.GetProperty("figure").GetString()!);
        var page = XDocument.Parse(await run.OutputOfAsync(["report", "--html", .. dates]));
        var tiles = page.Descendants("dl").Single().Elements("div").Select(tile => tile.Elements().Select(part => part.Value).ToArray()).ToArray();
        Assert.Equal(new[]
        {
            Tile("sitting a day", "sittingSeconds", Text.Span, Text.Clock), Tile("of it in bouts of 30 min or more", "secondsOver30", Text.Span, Text.Clock),
            Tile("usual bout", "usualBoutSeconds", Text.Span, Text.Clock), Tile("longest bout of a day", "longestBoutSeconds", Text.Span, Text.Clock),
            Tile("breaks an hour of sitting", "breaksPerSedentaryHour", Tenths, Tenths), Tile("reminders heeded", "heededShare", Text.Percent, Text.Percent),
        }, tiles);
        Assert.Equal(["change shown", "change"], page.Descendants("dd").Select(part => part.Attribute("class")?.Value).Where(kind => kind?.StartsWith("change") == true).Distinct());
        Assert.Contains($"{summary.GetProperty("validDays")} of {summary.GetProperty("days")} days complete, {summary.GetProperty("validWeekendDays")} of a weekend", page.ToString());

        string[] Tile(string name, string figure, Func<double?, string> large, Func<double?, string> small)
        {
            double Of(string field) => figures[figure].GetProperty(field).GetDouble();
            return [name, large(Of("mean")), $"{small(Of("low"))} to {small(Of("high"))}",
                $"{(Of("change") < 0 ? "−" : "+")}{small(Math.Abs(Of("change")))}{(figures[figure].GetProperty("withinNoise").GetBoolean() ? ", within noise" : "")}"];
        }

        static string Tenths(double? value) => value!.Value.ToString("0.0", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_file_alone_gives_the_same_page_as_the_store()
    {
        var file = run.File("month.jsonl", Month());
        await run.OutputOfAsync("import", "changes", file, "--wearer", "anna");
        foreach (var arguments in (string[][])[[], ["--from", "2026-11-05", "--to", "2026-11-30"], ["--slice", "Mon-Fri 09:00-12:00", "--line", "0"]])
            Assert.Equal(await run.OutputOfAsync(["report", "--html", .. arguments]), await run.OutputOfAsync(["report", "--html", "--changes", file, "--zone", "Europe/Berlin", "--wearer", "anna", .. arguments]));
        Assert.Equal(2, await run.RunAsync("report", "--html", "--changes", file, "--slice", "work"));
        var two = run.File("two.csv", "at,posture,device,boot,seq", "2026-11-10T08:00:00Z,sitting,chair,1,1", "2026-11-11T08:00:00Z,off,chair,1,2");
        Assert.Equal(2, XDocument.Parse(await run.OutputOfAsync("report", "--html", "--changes", two)).Descendants("tbody").Single().Elements("tr").Count());
    }

    [Fact]
    public async Task A_name_is_text_whatever_it_is()
    {
        await ImportAsync(Rude);
        var page = XDocument.Parse(await run.OutputOfAsync("report", "--html"));
        Assert.Equal(Rude, page.Descendants("h1").Single().Value);
        Assert.Empty(page.Descendants("script"));
    }

    [Fact]
    public async Task The_line_has_its_source_until_it_is_moved()
    {
        await ImportAsync("anna");
        Assert.Contains("Buckley 2015", await run.OutputOfAsync("report", "--html"));
        var moved = await run.OutputOfAsync("report", "--html", "--line", "4.5");
        Assert.Contains("the line is at 4.5", moved);
        Assert.DoesNotContain("Buckley", moved);
        Assert.DoesNotContain("class=\"guide\"", await run.OutputOfAsync("report", "--html", "--line", "0"));
        await run.OutputOfAsync("wearer", "anna", "--work", "Mon 08:00-12:00");
        Assert.Contains("The line stands at 3 hours", await run.OutputOfAsync("report", "--html", "--slice", "work"));
    }

    [Fact]
    public async Task On_a_day_of_25_hours_the_strip_keeps_to_the_clock_on_the_wall()
    {
        var file = run.File("autumn.csv", "at,posture,device,boot,seq", "2026-10-25T00:30:00Z,sitting,chair,1,1", "2026-10-25T01:30:00Z,upright,chair,1,2", "2026-10-25T11:00:00Z,off,chair,1,3");
        await run.OutputOfAsync("import", "changes", file);
        var rects = XDocument.Parse(await run.OutputOfAsync("report", "--html", "--from", "2026-10-25", "--to", "2026-10-25")).Descendants("tbody").Single().Descendants("rect");
        Assert.Equal([("up", "150", "570"), ("long", "150", "30"), ("long", "120", "30")], rects.Where(rect => rect.Attribute("x") is not null)
            .Select(rect => (rect.Attribute("class")!.Value, rect.Attribute("x")!.Value, rect.Attribute("width")!.Value)));
    }

    [Theory]
    [InlineData("--html", "--json")]
    [InlineData("--html", "--slice", "2026-11-20T08:00:00Z/2026-11-20T12:00:00Z")]
    [InlineData("--line", "6")]
    [InlineData("--html", "--line", "25")]
    [InlineData("--html", "--line", "many")]
    [InlineData("--html", "--line")]
    [InlineData("--slice")]
    [InlineData("--from", "many", "--to", "2026-11-01")]
    [InlineData("--html", "--from", "2026-10-01", "--to", "2026-11-01")]
    [InlineData("--html", "--slice", "work")]
    public async Task What_cannot_be_on_the_page_is_wrong_use(params string[] arguments)
    {
        await ImportAsync("anna");
        Assert.Equal(2, await run.RunAsync(["report", .. arguments]));
        Assert.Single(run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Of_several_wearers_one_must_be_named()
    {
        await ImportAsync("anna");
        await run.OutputOfAsync("wearer", "ben", "--zone", "Europe/Paris");
        Assert.Equal(1, await run.RunAsync("report", "--html"));
        Assert.Contains("anna, ben", run.Error);
        Assert.Contains("<h1>ben</h1>", await run.OutputOfAsync("report", "--html", "--wearer", "ben"));
    }

    [Fact]
    public async Task The_worker_serves_the_same_page()
    {
        await ImportAsync("anna");
        var page = await run.OutputOfAsync("report", "--html", "--from", "2026-11-10", "--line", "5");
        await using var worker = await TestWorker.StartAsync(run.Store);
        using var http = new HttpClient { BaseAddress = new(worker.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        using var answer = await http.GetAsync("wearers/anna/report?from=2026-11-10&line=5");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(page, await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("wearers/nobody/report")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("wearers/anna/report?line=many")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("wearers/anna/report?from=2026-01-01&to=2026-11-01")).StatusCode);
    }

    [Theory]
    [InlineData("2026-11-02", "day")]
    [InlineData("2026-10-16", "day")]
    [InlineData("2026-10-16", "Mon-Fri 09:00-12:00")]
    public async Task A_fortnight_and_a_month_print_on_one_sheet(string from, string slice)
    {
        var chromium = Needs.Program("chromium", "chromium");
        await run.OutputOfAsync("import", "changes", run.File("month.jsonl", Month()), "--wearer", string.Concat(Enumerable.Repeat("Wide & ", 9)));
        var (page, paper) = (Path.Combine(run.Folder, "page.html"), Path.Combine(run.Folder, "page.pdf"));
        await File.WriteAllTextAsync(page, await run.OutputOfAsync("report", "--html", "--from", from, "--to", "2026-11-15", "--slice", slice));
        await Tool.RunAsync(chromium, [.. Headless, "--no-pdf-header-footer", $"--print-to-pdf={paper}", new Uri(page).AbsoluteUri]);
        var pdf = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(paper));
        Assert.Single(Regex.Matches(pdf, @"/Type\s*/Page\b"));
        Assert.Matches(@"/MediaBox\s*\[0 0 59[456][.\d]* 84[123][.\d]*\]", pdf);     // A4 in points
    }

    [Theory]
    [InlineData(320)]
    [InlineData(360)]
    [InlineData(700)]
    public async Task On_a_narrow_screen_the_page_is_no_wider_than_the_screen(int width)
    {
        var chromium = Needs.Program("chromium", "chromium");
        await run.OutputOfAsync("import", "changes", run.File("month.jsonl", Month()), "--wearer", string.Concat(Enumerable.Repeat("Wide & ", 9)));
        var page = await run.OutputOfAsync("report", "--html", "--from", "2026-11-02", "--to", "2026-11-15", "--slice", "Mon-Fri 09:00-12:00");
        var frame = run.File("frame.html", $"""
            <iframe style="width:{width}px;height:4000px;border:0" srcdoc="{WebUtility.HtmlEncode(page)}"
            onload="document.title = 'wide ' + this.contentDocument.documentElement.scrollWidth"></iframe>
            """);       // a window of the browser itself cannot be as narrow
        var (_, seen, _) = await Tool.RunAsync(chromium, [.. Headless, "--dump-dom", new Uri(frame).AbsoluteUri]);
        Assert.Equal($"wide {width}", Regex.Match(seen, "<title>(.*?)</title>").Groups[1].Value);
    }

    [Theory]
    [InlineData("work", "Mon 16 Nov", "0-540 720-780 1020-1440")]
    [InlineData("work", "Tue 17 Nov", "0-1440")]
    [InlineData("22:00-06:00", "Mon 16 Nov", "0-1320")]
    [InlineData("22:00-06:00", "Tue 17 Nov", "360-1320")]
    [InlineData("day", "Mon 16 Nov", "")]
    public async Task The_strips_are_pale_outside_the_hours_that_the_figures_are_of(string slice, string date, string pale)
    {
        await ImportAsync("anna");
        await run.OutputOfAsync("wearer", "anna", "--work", "Mon 09:00-17:00", "--lunch", "12:00-13:00");
        var page = XDocument.Parse(await run.OutputOfAsync("report", "--html", "--slice", slice, "--from", "2026-11-16", "--to", "2026-11-20"));
        var strip = page.Descendants("tbody").Single().Elements("tr").Single(row => row.Element("th")!.Value == date).Descendants("rect");
        Assert.Equal(pale, string.Join(' ', strip.Where(rect => rect.Attribute("class")!.Value == "outside").Select(rect => ((double)rect.Attribute("x")!, (double)rect.Attribute("width")!)).Select(at => $"{at.Item1}-{at.Item1 + at.Item2}")));
        Assert.Equal(slice != "day", page.Descendants("li").Any(key => key.Value == "pale: outside the hours that the figures are of"));
    }

    [Fact]
    public async Task Of_incomplete_days_is_spoken_only_where_there_are_some()
    {
        await ImportAsync("anna");
        Assert.Contains("1 of 1 days complete, 0 of a weekend: too few for a mean.</p>", await run.OutputOfAsync("report", "--html", "--from", "2026-11-16", "--to", "2026-11-16"));
        Assert.Contains("1 of 2 days complete, 0 of a weekend: too few for a mean. An incomplete day is no low one: too little of it is known.</p>", await run.OutputOfAsync("report", "--html", "--from", "2026-11-16", "--to", "2026-11-17"));
    }

    static string[] Cells(XElement row) => [.. row.Elements().Where(cell => cell.Attribute("class")?.Value != "strip").Select(cell => cell.Value)];

    /// <summary>A Monday of ten hours of sitting, and on the Friday after it two hours with a minute up and a reminder.</summary>
    async Task ImportAsync(string wearer) => await run.OutputOfAsync("import", "changes", run.File("changes.jsonl", [.. new[]
    {
        ("2026-11-16T07:00:00Z", "posture", "sitting"), ("2026-11-16T17:00:00Z", "posture", "upright"), ("2026-11-16T17:01:00Z", "posture", "off"),
        ("2026-11-20T08:00:00Z", "posture", "sitting"), ("2026-11-20T08:30:00Z", "kind", "due"), ("2026-11-20T09:00:00Z", "posture", "upright"),
        ("2026-11-20T09:01:00Z", "posture", "sitting"), ("2026-11-20T10:01:00Z", "posture", "off"),
    }.Select((one, index) => $$"""{"v":1,"boot":1,"seq":{{index}},"at":"{{one.Item1}}","{{one.Item2}}":"{{one.Item3}}","device":"chair"}""")]), "--wearer", wearer);

    /// <summary>Four weeks to 15 November, of which the last two have shorter days and sittings; reminders each half hour, half of them heeded.</summary>
    static string[] Month()
    {
        var lines = new List<string>();
        void Say(Instant at, string what) => lines.Add($$"""{"v":1,"boot":1,"seq":{{lines.Count}},"at":"{{at}}",{{what}},"device":"chair"}""");
        for (var day = 0; day < 28; day++)
        {
            var at = Instant.FromUtc(2026, 10, 19, 6, 0) + Duration.FromDays(day);
            for (var bout = 0; bout < 9; bout++)
            {
                var minutes = 20 + (day * 7 + bout * 13) % 45 + (day < 14 ? 12 : 0);
                Say(at, "\"posture\":\"sitting\"");
                if (minutes >= 30)
                    Say(at + Duration.FromMinutes(30), "\"kind\":\"due\"");
                if (minutes >= 30 && (day + bout) % 2 == 0)
                    Say(at + Duration.FromMinutes(minutes), "\"kind\":\"heeded\"");
                Say(at + Duration.FromMinutes(minutes), "\"posture\":\"upright\"");
                at += Duration.FromMinutes(90);
            }
            Say(at, "\"posture\":\"off\"");
        }
        return [.. lines];
    }
}
