#nullable enable
using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using SitSense.Firmware;
using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Sensing;
using SitSense.Twin.Bodies;
using SitSense.Twin.Hardware;
using SitSense.Twin.Recordings;
using SitSense.Upkeep;
using SitSense.Upkeep.Update;

namespace SitSense.Twin;

/// <summary>
/// One device as a PC program: the firmware on a virtual board that is wired as hardware/README.md says, worn by an imagined body or fed from a
/// recording. Switch it on and off, move its time, press its button, listen to its buzzes; its flash stays.
/// </summary>
public sealed class TwinDevice : IDisposable
{
    readonly TwinOptions options;
    BodyMotion? body;

    /// <exception cref="IOException">The flash folder cannot be made or written.</exception>
    public TwinDevice(TwinOptions options)
    {
        this.options = options;
        Board = new VirtualBoard(options.FlashFolder, options.StartUtc, options.Target, options.Chance);
        Board.Clock.Speed = options.Speed;
        Board.Clock.NeverPassesRealNow = options.NeverPassesRealNow;
        Wearer = options.Wearer ?? new Wearer(options.Seed, options.Zone);
        if (options.BySetup)
            Board.Network.Store("", "");
        else
            TwinSettings.Deploy(options);
        using (Board.Enter())
            Wire();
    }

    /// <summary>A change of posture is in the journal.</summary>
    public event PostureChangedHandler? PostureChanged;

    /// <summary>The detector saw a transition, before the 10 s rule.</summary>
    public event TransitionSeenHandler? TransitionSeen;

    public VirtualBoard Board { get; }

    /// <summary>Who wears it, when no recording is played.</summary>
    public Wearer Wearer { get; }

    /// <summary>The motion sensor of a clip-on; null on a cushion.</summary>
    public VirtualMpu6050? Mpu { get; private set; }

    /// <summary>The recording's course; null without one.</summary>
    public Playback? Playback { get; private set; }

    /// <summary>The voltage of the cell that feeds it, where one does; the radio makes it sag by a tenth of a volt.</summary>
    public double CellVolts { get; set; } = 4.0;

    /// <summary>Events in the journal that the broker has not acknowledged.</summary>
    public int Pending => Device?.Pending ?? 0;

    /// <inheritdoc cref="Device.Wrong"/>
    public string? Wrong => Device?.Wrong;

    /// <summary>The firmware of this life; null before the first.</summary>
    internal Device? Device { get; private set; }

    /// <summary>What the buzzer did since the twin was made.</summary>
    public System.Collections.Generic.IReadOnlyList<Buzz> Buzzes => Board.Pins.Buzzes(Here(() => Pins.Buzzer));

    /// <summary>Switches it on, with its sensor or with another source of postures. Time stands still until <see cref="Run"/>.</summary>
    public void PowerOn(Func<PostureSource>? source = null) => Board.PowerOn(() =>
    {
        // A source of its own stands for the deployed program's sensor; what a package makes of its sensor is its own affair.
        if (source is null)
            new Loader(new Clock(), new Flash()).Run();
        var fresh = new Device(new Clock(), new Flash(), new ResidentCaretaker(0), source?.Invoke());
        fresh.PostureChanged += (posture, since, decided) => PostureChanged?.Invoke(posture, since, decided);
        fresh.TransitionSeen += (transition, ms) => TransitionSeen?.Invoke(transition, ms);
        Device = fresh;
        fresh.Run();
    });

    /// <summary>Switches it on with the wearer's script in place of the sensor, for histories of weeks in seconds.</summary>
    public void PowerOnScripted() => PowerOn(() => new ScriptedPosture(Wearer, options.Sensor, Board));

    /// <inheritdoc cref="VirtualBoard.PowerOff"/>
    public void PowerOff() => Board.PowerOff();

    /// <inheritdoc cref="VirtualBoard.Run"/>
    public void Run(TimeSpan span, TimeSpan? atMost = null, CancellationToken cancel = default) => Board.Run(span, atMost, cancel);

    /// <summary>Presses the button for a span of virtual time.</summary>
    public void Press(TimeSpan span) => Board.Pins.Press(Here(() => Pins.Button), span);

    /// <summary>Taps the clip-on twice, 0.1 and 0.4 s from now. Nothing on a cushion, or while a recording is played.</summary>
    public void DoubleTap()
    {
        if (body is null)
            return;
        body.Taps.Add(Board.Clock.Now + 100);
        body.Taps.Add(Board.Clock.Now + 400);
    }

    /// <summary>Lives through a span of the wearer's past without the sensor, as fast as it can. What was not acknowledged by then stays in the journal.</summary>
    /// <param name="from">UTC at power on.</param>
    /// <param name="to">UTC at power off; no later than now.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task LiveThroughAsync(DateTime from, DateTime to, CancellationToken cancel) => Task.Run(() =>
    {
        Board.Clock.SetUtc(from);
        Board.Clock.Speed = 0;
        PowerOnScripted();
        try
        {
            Board.Run(to - from, Timeout.InfiniteTimeSpan, cancel);
        }
        finally
        {
            Board.PowerOff();
            Board.Clock.Speed = options.Speed;
        }
    }, cancel);

    /// <summary>Runs with its sensor until cancelled.</summary>
    public async Task LiveAsync(CancellationToken cancel)
    {
        PowerOn();
        Board.RunFreely();
        try
        {
            await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Board.PowerOff();
        }
    }

    public void Dispose() => Board.Dispose();

    void Wire()
    {
        if (options.OnBattery)
            Board.Adc.Connect(Pins.Battery, CellCounts);
        if (options.Recording is { } recording)
            Playback = new Playback(Board, recording);
        if (options.Sensor == Sensor.Seat)
        {
            var load = new SeatLoad(Wearer, Board.Clock, options.Pads);
            if (options.OnBattery)
                Touch(Pins.MotionInterrupt);
            for (var i = 0; i < Math.Min(options.Pads, Pins.SeatPads.Length); i++)
            {
                var pad = i;
                Board.Adc.Connect(Pins.SeatPads[pad], Playback is { } play ? () => Ask(play).Pad(pad) : () => load.Counts(pad));
            }
            return;
        }
        if (Playback is null)
            body = new BodyMotion(Wearer, options.Sensor, Board.Clock);
        Mpu = new VirtualMpu6050(Board.Clock, (IMotion?)body ?? Playback!);
        if (Playback is { } played)
            Mpu.BeforeData = played.Ask;
        else
            Mpu.Flaws = MpuFlaws.Typical(options.Seed);
        Board.I2c.Connect(Pins.MotionData, Pins.MotionClock, VirtualMpu6050.Address, Mpu);
        var line = Pins.MotionInterrupt;
        Mpu.InterruptPin = level => Board.Pins.Drive(line, level);
    }

    int CellCounts()
    {
        const double Sag = 0.1;
        var volts = CellVolts - (Board.Network.IsRadioOn ? Sag : 0);
        return (int)Math.Round((volts * 1000 / 2 - Board.Chip.MvAtZero) / Board.Chip.MvPerCount);
    }

    // A cushion's own pad at the line: high while something lies on it.
    void Touch(int line)
    {
        const int SitsDownMs = 500;
        var spell = Wearer.At(Board.Clock.UtcNow);
        Board.Pins.Drive(line, spell.BagOnSeat || spell is { Activity: Activity.Sit, AtDesk: true });
        Board.Clock.At(Board.Clock.Now + Math.Max(1, (long)(spell.To - Board.Clock.UtcNow).TotalMilliseconds) + SitsDownMs, () => Touch(line));
    }

    int Here(Func<int> pin)
    {
        using (Board.Enter())
            return pin();
    }

    static Playback Ask(Playback playback)
    {
        playback.Ask();
        return playback;
    }
}
