using System.Text;
using SitSense.Firmware.Settings;
using SitSense.Firmware.Tests.Journal;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Settings;

/// <summary>What was filled in on the page: who wins over whom, and what a power cut leaves.</summary>
public sealed class SetupFileTests : IDisposable
{
    const string Page = """{"device":"page","sensor":"belt","utcOffsetMinutes":60,"wifi":{"ssid":"paged","password":""},"broker":{"host":"hub"}}""";

    readonly JournalBench bench = new();

    public void Dispose() => bench.Dispose();

    SettingsStore Start()
    {
        var store = new SettingsStore(bench.Flash(), bench.Faults);
        store.Load(7);
        return store;
    }

    void Deploy(string json)
    {
        var image = bench.Image();
        image["sitsense.json"] = Encoding.UTF8.GetBytes(json);
        bench.Restore(image);
    }

    [Fact]
    public void The_page_wins_over_the_file_that_was_there_and_leaves_it_what_it_does_not_ask()
    {
        Deploy("""{"device":"file","thresholdMinutes":20,"broker":{"host":"old","root":"desks"},"charger":true}""");
        Start().SetUp(Page);
        var store = Start();
        Assert.Equal(("page", "paged", "hub", "desks", true), (store.Device, store.Place.WifiName, store.Place.Host, store.Place.Root, store.Place.HasCharger));
        Assert.Equal(("belt", 20, 60), (store.Current.Sensor, store.Current.ThresholdMinutes, store.Current.UtcOffsetMinutes));
        Assert.Null(bench.Faults.Text());
    }

    [Fact]
    public void A_file_deployed_later_wins_over_the_page()
    {
        Start().SetUp(Page);
        Deploy("""{"device":"file","wifi":{"ssid":"filed"}}""");
        var store = Start();
        Assert.Equal(("file", "filed", (string?)null), (store.Device, store.Place.WifiName, store.Place.Host));
    }

    [Fact]
    public void What_is_set_from_afar_wins_over_the_page_and_a_page_filled_in_later_over_that()
    {
        Start().SetUp(Page);
        Start().Take("""{"utcOffsetMinutes":120,"thresholdMinutes":45}""");
        Assert.Equal((120, 45), (Start().Current.UtcOffsetMinutes, Start().Current.ThresholdMinutes));
        Start().SetUp(Page.Replace("60", "-60"));
        Assert.Equal((-60, 30), (Start().Current.UtcOffsetMinutes, Start().Current.ThresholdMinutes));
    }

    [Fact]
    public void No_broker_on_the_page_takes_away_the_one_in_the_file()
    {
        Deploy("""{"broker":{"host":"old"}}""");
        Start().SetUp("""{"broker":null}""");
        Assert.Null(Start().Place.Host);
        Assert.Null(bench.Faults.Text());
    }

    [Fact]
    public void A_power_cut_at_any_byte_leaves_the_last_good_copy_or_the_new_one()
    {
        Start().SetUp(Page);
        var image = bench.Image();
        var fresh = Page.Replace("page", "pag2");
        for (var after = 1; after < fresh.Length + 8 + 12; after += 3)
        {
            bench.Restore(image);
            bench.Chip.CutAfter = after;
            Assert.Throws<PowerLost>(() => Start().SetUp(fresh));
            Assert.Contains(Start().Device, new[] { "page", "pag2" });
            Assert.Null(bench.Faults.Text());
        }
    }

    [Fact]
    public void A_damaged_copy_is_passed_by_for_the_last_good_one_and_two_of_them_are_told()
    {
        Start().SetUp(Page);
        Start().SetUp(Page.Replace("page", "pag2"));
        Damage("setup1");
        Assert.Equal("page", Start().Device);
        Damage("setup0");
        Assert.StartsWith("sitsense-", Start().Device);
        Assert.Contains("both copies of the page's settings are damaged", bench.Faults.Text());
    }

    [Fact]
    public void Forgetting_leaves_the_makers_file_only()
    {
        Deploy("""{"device":"file"}""");
        Start().SetUp(Page);
        Start().Take("""{"thresholdMinutes":45}""");
        Start().Forget();
        Assert.Equal(("file", 30), (Start().Device, Start().Current.ThresholdMinutes));
        Assert.DoesNotContain(bench.Image().Keys, name => name.StartsWith("setup") && name != "sitsense.json");
    }

    void Damage(string file)
    {
        var image = bench.Image();
        image[file][20] ^= 1;
        bench.Restore(image);
    }
}
