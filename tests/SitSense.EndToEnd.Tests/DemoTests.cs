using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using SitSense.Testing;

namespace SitSense.EndToEnd.Tests;

/// <summary>What a newcomer sees: the demo, in a real browser.</summary>
public sealed class DemoTests
{
    const int Wearers = 3;

    [Fact]
    public async Task The_demo_shows_two_weeks_of_three_wearers_and_goes_on_when_started_again()
    {
        using var folder = new TempFolder();
        var today = DateTime.UtcNow.Date;
        string before;
        await using (var demo = await Worker.StartAsync(folder.Path, "demo"))
        {
            using var browser = Browser();
            browser.Navigate().GoToUrl(demo.Url);
            await demo.UntilAsync(() => Task.FromResult(Count(browser, "article") == Wearers), "the page shows three wearers");
            await demo.UntilAsync(() => Task.FromResult(Count(browser, "article .bars li:not(.nothing)") >= Wearers * 13), "the page shows two weeks of each");
            await demo.UntilAsync(() => AllLive(demo), "all three are live");
            Assert.Equal("live", browser.FindElement(By.Id("link")).Text);
            Assert.Empty(browser.Manage().Logs.GetLog(LogType.Browser).Where(line => line.Level == LogLevel.Severe).Select(line => line.Message));

            browser.Navigate().GoToUrl(browser.FindElement(By.PartialLinkText("page to print")).GetDomProperty("href")!);
            await demo.UntilAsync(() => Task.FromResult(Count(browser, "tbody tr") == 14), "a wearer's fortnight is there to print");
            Assert.Empty(browser.Manage().Logs.GetLog(LogType.Browser).Where(line => line.Level == LogLevel.Severe).Select(line => line.Message));

            await demo.Process.InterruptAsync();
            await demo.Process.EndAsync();
            before = await DaysBeforeAsync(today, folder);
        }
        Assert.Equal(Wearers * 10, before.Split("\"date\"").Length - 1);
        await using var again = await Worker.StartAsync(folder.Path, "demo");
        Assert.Equal(before, await DaysBeforeAsync(today, folder));
        await again.UntilAsync(() => AllLive(again), "all three are live again");
        Assert.Equal(before, await DaysBeforeAsync(today, folder));
    }

    static Task<bool> AllLive(Worker demo) =>
        Task.FromResult(demo.Process.Errors.Split("is live now").Length == 1 + Wearers);

    /// <summary>The figures of ten full days that lie behind every zone's today, of all that came until now.</summary>
    static async Task<string> DaysBeforeAsync(DateTime today, TempFolder folder)
    {
        await using var report = Started.Service(folder.Path, "report", "--Store:Folder=data-demo", "--from", $"{today.AddDays(-11):yyyy-MM-dd}", "--to", $"{today.AddDays(-2):yyyy-MM-dd}", "--json");
        return await report.EndAsync();
    }

    static int Count(ChromeDriver browser, string selector) => browser.FindElements(By.CssSelector(selector)).Count;

    static ChromeDriver Browser()
    {
        var options = new ChromeOptions { BinaryLocation = Needs.Program("chromium", "chromium") };
        options.SetLoggingPreference(LogType.Browser, LogLevel.All);
        options.AddArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--window-size=1280,900");
        var driver = Needs.Program("chromedriver", "chromium-driver");
        return new ChromeDriver(ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(driver), Path.GetFileName(driver)), options);
    }
}
