#nullable enable
using System;
using System.Collections.Generic;

namespace SitSense.Twin.Hardware;

/// <summary>
/// An MPU6050 that answers on its registers: reset and sleep, ranges, sample rate, low-pass filter, data, FIFO, wake on motion, interrupt pin.
/// Sources: RM-MPU-6000A revision 4.2 (register map), PS-MPU-6000A revision 3.4 (product specification).
/// </summary>
public sealed class VirtualMpu6050 : II2cPeripheral
{
    /// <summary>The address with AD0 low.</summary>
    public const int Address = 0x68;

    const byte Identity = 0x68;
    const byte DeviceReset = 0x80;
    const byte Asleep = 0x40;
    const byte Cycle = 0x20;
    const byte FifoOn = 0x40;
    const byte FifoReset = 0x04;
    const byte MotionInterrupt = 0x40;
    const byte FifoOverflow = 0x10;
    const byte DataReady = 0x01;
    const byte InterruptActiveLow = 0x80, InterruptLatched = 0x20, AnyReadClears = 0x10;
    const int FifoSize = 1024;

    /// <summary>Wake-ups a second of each LP_WAKE_CTRL (RM, register 108).</summary>
    static readonly double[] wakeHz = [1.25, 5, 20, 40];

    readonly VirtualClock clock;
    readonly byte[] registers = new byte[MpuRegister.Count];
    readonly Queue<byte> fifo = new();
    readonly MpuMotion motion = new();
    readonly object gate = new();
    byte pointer;
    double fifoFilledUntil;
    int motionWatch;
    bool interrupt;
    readonly Lapse dozed;

    public VirtualMpu6050(VirtualClock clock, IMotion motion)
    {
        this.clock = clock;
        dozed = new Lapse(clock);
        Motion = motion;
        Reset();
    }

    /// <summary>What moves it.</summary>
    public IMotion Motion { get; set; }

    public MpuFlaws Flaws { get; set; } = MpuFlaws.None;

    /// <summary>Degrees Celsius.</summary>
    public double Temperature { get; set; } = 27;

    /// <summary>One step of the motion threshold in g: 32 mg by the data sheet (PS 6.2); some libraries say 2 mg.</summary>
    public double ThresholdStepG { get; set; } = 0.032;

    /// <summary>What to do when the interrupt pin changes level.</summary>
    public Action<bool>? InterruptPin { get; set; }

    /// <summary>Called before the data registers are read, or the count of an empty FIFO.</summary>
    public Action? BeforeData { get; set; }

    /// <summary>Virtual ms in the low-power mode so far, with the gyroscope in standby.</summary>
    public long DozedMs
    {
        get
        {
            lock (gate)
                return dozed.Ms;
        }
    }

    /// <summary>Samples a second: 1 kHz (8 kHz without the filter), divided; or the wake-ups of the low-power mode.</summary>
    public double SampleRate
    {
        get
        {
            if (Cycles)
                return wakeHz[registers[MpuRegister.PowerManagement2] >> 6];
            return (Filter is 0 or 7 ? 8000.0 : 1000.0) / (1 + registers[MpuRegister.SampleRateDivider]);
        }
    }

    bool IsAsleep => (registers[MpuRegister.PowerManagement1] & Asleep) != 0;

    bool Cycles => !IsAsleep && (registers[MpuRegister.PowerManagement1] & Cycle) != 0;

    /// <summary>DLPF_CFG; a single sample of the low-power mode is not filtered.</summary>
    int Filter => Cycles ? 0 : registers[MpuRegister.Config] & 7;

    bool FifoRuns => !IsAsleep && (registers[MpuRegister.UserControl] & FifoOn) != 0 && registers[MpuRegister.FifoEnable] != 0;

    /// <summary>A register's content as it stands, without any effect of reading it.</summary>
    public byte this[byte register] => registers[register & 0x7F];

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            pointer = (byte)(bytes[0] & 0x7F);
            foreach (var value in bytes[1..])
                Put(pointer++, value);
        }
    }

    public void Read(Span<byte> bytes)
    {
        var first = pointer;
        if (first <= MpuRegister.LastData && first + bytes.Length > MpuRegister.FirstData || first == MpuRegister.FifoCountHigh && IsFifoEmpty())
            BeforeData?.Invoke();
        lock (gate)
        {
            Refresh();
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = pointer == MpuRegister.FifoData ? NextOfFifo() : Get(pointer++);
            if ((registers[MpuRegister.InterruptPinConfig] & AnyReadClears) != 0)
                ClearStatus();
        }
    }

    public void PowerGone()
    {
        lock (gate)
            Reset();
    }

    void Reset()
    {
        dozed.Set(false);
        Array.Clear(registers);
        registers[MpuRegister.PowerManagement1] = Asleep;
        registers[MpuRegister.WhoAmI] = Identity;
        fifo.Clear();
        motion.Reset();
        motionWatch++;
        SetInterrupt(false);
    }

    void Put(byte register, byte value)
    {
        switch (register)
        {
            case MpuRegister.WhoAmI or MpuRegister.FifoCountHigh or MpuRegister.FifoCountLow or MpuRegister.InterruptStatus:
            case >= MpuRegister.FirstData and <= MpuRegister.LastData:
                return;
            case MpuRegister.PowerManagement1 when (value & DeviceReset) != 0:
                Reset();
                return;
            case MpuRegister.UserControl:
                FillFifo();
                if ((value & FifoReset) != 0)
                    fifo.Clear();
                value &= unchecked((byte)~0x0F);
                break;
            case MpuRegister.AccelConfig when ((value ^ registers[register]) & MpuMotion.HighPass) != 0:
                motion.Trigger(Now());
                break;
            case MpuRegister.FifoEnable or MpuRegister.SampleRateDivider or MpuRegister.Config
                or MpuRegister.PowerManagement1 or MpuRegister.PowerManagement2:
                FillFifo();
                break;
        }
        var ran = FifoRuns;
        registers[register & 0x7F] = value;
        dozed.Set(Cycles);
        if (FifoRuns && !ran)
            fifoFilledUntil = clock.Now;
        if (register is MpuRegister.InterruptEnable or MpuRegister.PowerManagement1 or MpuRegister.PowerManagement2)
            WatchMotion();
    }

    byte Get(byte register)
    {
        var value = registers[register & 0x7F];
        if (register == MpuRegister.InterruptStatus)
            ClearStatus();
        return value;
    }

    void ClearStatus()
    {
        registers[MpuRegister.InterruptStatus] = 0;
        SetInterrupt(false);
    }

    /// <summary>Brings data, FIFO and their counters up to now.</summary>
    void Refresh()
    {
        FillFifo();
        registers[MpuRegister.FifoCountHigh] = (byte)(fifo.Count >> 8);
        registers[MpuRegister.FifoCountLow] = (byte)fifo.Count;
        if (IsAsleep)
            return;
        Latch(LastTick(clock.Now));
        registers[MpuRegister.InterruptStatus] |= DataReady;
    }

    long LastTick(double ms) => (long)Math.Floor(ms * SampleRate / 1000 + 1e-9);

    void Latch(long tick) => MpuData.Put(Sample(tick), Temperature, registers);

    MotionSample Sample(long tick) =>
        MpuFilter.Of(Motion, tick * 1000.0 / SampleRate, Filter) + Flaws.Of(tick, MpuFilter.BandwidthHz(Filter));

    bool IsFifoEmpty()
    {
        lock (gate)
        {
            FillFifo();
            return FifoRuns && fifo.Count == 0;
        }
    }

    void FillFifo()
    {
        if (!FifoRuns)
            return;
        var wanted = registers[MpuRegister.FifoEnable];
        var bytes = ((wanted & 0x08) != 0 ? 6 : 0) + ((wanted & 0x80) != 0 ? 2 : 0)
            + ((wanted & 0x40) != 0 ? 2 : 0) + ((wanted & 0x20) != 0 ? 2 : 0) + ((wanted & 0x10) != 0 ? 2 : 0);
        var last = LastTick(clock.Now);
        var first = LastTick(fifoFilledUntil) + 1;
        fifoFilledUntil = clock.Now;
        if (bytes == 0 || last < first)
            return;
        first = Math.Max(first, last - FifoSize / bytes - 1);
        for (var tick = first; tick <= last; tick++)
        {
            if (!Motion.IsSampled(tick * 1000.0 / SampleRate))
                continue;
            Latch(tick);
            if ((wanted & 0x08) != 0)
                Push(0, 6);
            if ((wanted & 0x80) != 0)
                Push(6, 2);
            if ((wanted & 0x40) != 0)
                Push(8, 2);
            if ((wanted & 0x20) != 0)
                Push(10, 2);
            if ((wanted & 0x10) != 0)
                Push(12, 2);
        }
    }

    void Push(int offset, int count)
    {
        for (var i = 0; i < count; i++)
        {
            fifo.Enqueue(registers[MpuRegister.FirstData + offset + i]);
            if (fifo.Count <= FifoSize)
                continue;
            fifo.Dequeue();
            registers[MpuRegister.InterruptStatus] |= FifoOverflow;
        }
    }

    byte NextOfFifo() => fifo.TryDequeue(out var value) ? value : (byte)0;

    /// <summary>The unfiltered present, with the noise of the filter's bandwidth.</summary>
    MotionSample Now() => Motion.At(clock.Now) + Flaws.Of(clock.Now, MpuFilter.BandwidthHz(Filter));

    /// <summary>Starts or ends looking for motion, at the rate of the low-power wake-ups, or each 20 ms when fully awake (the chip: each ms).</summary>
    void WatchMotion()
    {
        const int AwakeMs = 20;
        var watch = ++motionWatch;
        if (IsAsleep || (registers[MpuRegister.InterruptEnable] & MotionInterrupt) == 0)
            return;
        var stepMs = Cycles ? (int)Math.Round(1000 / SampleRate) : AwakeMs;
        clock.At(clock.Now + stepMs, Look);

        void Look()
        {
            lock (gate)
            {
                if (watch != motionWatch)
                    return;
                if (motion.IsMotion(Now(), stepMs, Cycles ? 1 : stepMs, registers, ThresholdStepG))
                    RaiseMotion();
                clock.At(clock.Now + stepMs, Look);
            }
        }
    }

    void RaiseMotion()
    {
        registers[MpuRegister.InterruptStatus] |= MotionInterrupt;
        SetInterrupt(true);
        // Not latched it is a pulse of 50 us.
        if ((registers[MpuRegister.InterruptPinConfig] & InterruptLatched) == 0)
            SetInterrupt(false);
    }

    void SetInterrupt(bool active)
    {
        if (interrupt == active)
            return;
        interrupt = active;
        var activeLow = (registers[MpuRegister.InterruptPinConfig] & InterruptActiveLow) != 0;
        InterruptPin?.Invoke(active != activeLow);
    }
}
