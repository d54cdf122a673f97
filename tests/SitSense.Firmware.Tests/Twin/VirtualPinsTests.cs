using System.Device.Adc;
using System.Device.Gpio;
using System.Device.Pwm;
using nanoFramework.Hardware.Esp32;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Twin;

public sealed class VirtualPinsTests : IDisposable
{
    readonly TempFolder folder = new();
    readonly VirtualBoard board;
    readonly IDisposable here;

    public VirtualPinsTests()
    {
        board = new VirtualBoard(folder.Path);
        here = board.Enter();
    }

    public void Dispose()
    {
        here.Dispose();
        board.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_pin_without_a_pwm_function_gives_null_and_one_with_it_buzzes()
    {
        Assert.Null(PwmChannel.CreateFromPin(25));

        Configuration.SetPinFunction(25, DeviceFunction.PWM1);
        var channel = PwmChannel.CreateFromPin(25, 2000, 0.4);
        channel.Start();
        board.Run(TimeSpan.FromMilliseconds(300));
        channel.Stop();
        board.Run(TimeSpan.FromSeconds(1));

        var buzz = Assert.Single(board.Pins.Buzzes(25));
        Assert.Equal(TimeSpan.FromMilliseconds(300), buzz.Length);
        Assert.Equal(0.4, buzz.Strength);
    }

    [Fact]
    public void Input_only_pins_refuse_to_be_more()
    {
        var gpio = new GpioController();

        Assert.Throws<ArgumentException>(() => gpio.OpenPin(34, PinMode.Output));
        Assert.Throws<ArgumentException>(() => gpio.OpenPin(35, PinMode.InputPullUp));
        Assert.Throws<InvalidOperationException>(() => gpio.OpenPin(40));
        gpio.OpenPin(4);
        Assert.Throws<InvalidOperationException>(() => gpio.OpenPin(4));
    }

    [Fact]
    public void A_pressed_button_raises_both_edges_on_an_input_and_an_output_raises_nothing()
    {
        var changes = new List<(int Pin, PinEventTypes Edge, long Ms)>();
        board.PowerOn(() =>
        {
            var gpio = new GpioController();
            gpio.OpenPin(27, PinMode.InputPullUp).ValueChanged += (_, e) => changes.Add((e.PinNumber, e.ChangeType, board.Uptime));
            var output = gpio.OpenPin(26, PinMode.Output);
            output.ValueChanged += (_, e) => changes.Add((e.PinNumber, e.ChangeType, board.Uptime));
            output.Write(PinValue.High);
        });
        board.Run(TimeSpan.FromSeconds(1));
        board.Pins.Press(27, TimeSpan.FromMilliseconds(200));
        board.Run(TimeSpan.FromSeconds(1));

        Assert.Equal([(27, PinEventTypes.Falling, 1000), (27, PinEventTypes.Rising, 1200)], changes);
    }

    [Fact]
    public void Bouncing_within_the_debounce_time_is_one_change()
    {
        var changes = 0;
        board.PowerOn(() =>
        {
            var pin = new GpioController().OpenPin(27, PinMode.InputPullUp);
            pin.DebounceTimeout = TimeSpan.FromMilliseconds(30);
            pin.ValueChanged += (_, _) => changes++;
        });
        board.Run(TimeSpan.FromMilliseconds(10));
        for (var i = 0; i < 5; i++)
            board.Pins.Press(27, TimeSpan.FromMilliseconds(1));
        board.Pins.Drive(27, false);
        board.Clock.At(board.Clock.Now + 2, () => board.Pins.Drive(27, false));
        board.Run(TimeSpan.FromSeconds(1));

        Assert.Equal(1, changes);
    }

    [Fact]
    public void Adc_channels_are_wired_as_on_the_chip_and_adc2_is_the_radios()
    {
        board.Adc.Connect(34, () => 1234);
        board.Adc.Connect(4, () => 99_999);
        var adc = new AdcController();

        Assert.Equal(1234, adc.OpenChannel(6).ReadValue());
        Assert.Equal(4095, adc.OpenChannel(10).ReadValue());
        Assert.Equal(0, adc.OpenChannel(0).ReadValue());
        Assert.Throws<ArgumentException>(() => adc.OpenChannel(20));
        board.Network.Join(null, true);
        board.Run(TimeSpan.FromSeconds(5));
        Assert.Throws<InvalidOperationException>(() => adc.OpenChannel(10));
    }
}
