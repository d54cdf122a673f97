using SitSense.Firmware.Board;
using SitSense.Firmware.Energy;
using SitSense.Firmware.Tests.Twin;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Energy;

/// <summary>What is read at the divider, as volts and charge.</summary>
public sealed class BatteryTests : IDisposable
{
    readonly TempFolder folder = new();
    readonly VirtualBoard board;
    readonly IDisposable here;
    readonly Faults faults = new();
    int counts;

    public BatteryTests()
    {
        board = new VirtualBoard(folder.Path);
        here = board.Enter();
        board.Adc.Connect(Pins.Battery, () => counts);
    }

    public void Dispose()
    {
        here.Dispose();
        board.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(2431, 4.20, 1.00)]
    [InlineData(2182, 3.80, 0.30)]
    [InlineData(2244, 3.90, 0.55)]
    [InlineData(1996, 3.50, 0.00)]
    public void Half_of_the_cell_is_its_volts_and_its_charge(int at, double volts, double share)
    {
        counts = at;
        var battery = new Battery(1, false, faults);
        battery.Look();

        Assert.Equal(volts, battery.Volts, 2);
        Assert.Equal(share, battery.Share, 2);
    }

    [Fact]
    public void A_voltmeter_puts_a_board_right_whose_reference_is_off()
    {
        counts = 2431;
        var battery = new Battery(0.95f, false, faults);
        battery.Look();

        Assert.Equal(4.2 * 0.95, battery.Volts, 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4095)]
    public void Where_nothing_is_wired_it_is_neither_low_nor_empty(int at)
    {
        counts = at;
        var battery = new Battery(1, false, faults);
        battery.Look();

        Assert.Equal(0, battery.Volts);
        Assert.False(battery.IsLow);
        Assert.False(battery.IsEmpty);
        Assert.Null(faults.Text());
    }

    [Fact]
    public void A_cushions_sixth_pad_is_not_taken_for_a_battery()
    {
        counts = 2000;
        var battery = new Battery(1, true, faults);
        battery.Look();

        Assert.Equal(0, battery.Volts);
        Assert.Contains("its pin is a pad's", faults.Text());
    }

    [Fact]
    public void A_single_odd_look_makes_it_neither_low_nor_empty()
    {
        counts = 2182;
        var battery = new Battery(1, false, faults);
        battery.Look();
        counts = 1950;
        battery.Look();

        Assert.False(battery.IsLow);
        Assert.False(battery.IsEmpty);
    }

    [Fact]
    public void Nearly_empty_says_what_to_do_until_it_is_charged_and_does_not_flicker()
    {
        var battery = new Battery(1, false, faults);
        counts = 2040;
        battery.Look();
        Assert.Equal("battery: nearly empty: charge it", faults.Text());
        counts = 2066;
        for (var i = 0; i < 40; i++)
            battery.Look();
        Assert.InRange(battery.Volts, Battery.LowVolts, Battery.StartVolts);
        Assert.True(battery.IsLow);
        counts = 2182;
        for (var i = 0; i < 40; i++)
            battery.Look();

        Assert.False(battery.IsLow);
        Assert.Null(faults.Text());
    }
}
