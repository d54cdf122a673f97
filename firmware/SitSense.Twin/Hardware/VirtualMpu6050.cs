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
    const byte InterruptActiveLow = 0x80;
    const int FifoSize = 1024;

    /// <summary>Counts of 1 g at +-2 g, and of 1 deg/s at +-250 deg/s (PS 6.1, 6.2).</summary>
    const double CountsPerG = 16384, CountsPerDps = 131.072;

    /// <summary>One step of the motion threshold, in g (RM 4.2, register 31: 2 mg).</summary>
    const double ThresholdStepG = 0.002;

    /// <summary>Accelerometer and gyroscope bandwidth of each DLPF_CFG in Hz (RM, register 26).</summary>
    static readonly double[] accelerationHz = [260, 184, 94, 44, 21, 10, 5, 260], rotationHz = [256, 188, 98, 42, 20, 10, 5, 256];

    /// <summary>Wake-ups a second of each LP_WAKE_CTRL (RM, register 108).</summary>
    static readonly double[] wakeHz = [1.25, 5, 20, 40];

    readonly VirtualClock clock;
    readonly byte[] registers = new byte[MpuRegister.Count];
    readonly Queue<byte> fifo = new();
    readonly object gate = new();
    byte pointer;
    double fifoFilledUntil;
    int motionWatch;
    MotionSample? motionBefore;
    bool interrupt;

    public VirtualMpu6050(VirtualClock clock, IMotion motion)
    {
        this.clock = clock;
        Motion = motion;
        Reset();
    }

    /// <summary>What moves it.</summary>
    public IMotion Motion { get; set; }

    public MpuFlaws Flaws { get; set; } = MpuFlaws.None;

    /// <summary>Degrees Celsius.</summary>
    public double Temperature { get; set; } = 27;

    /// <summary>What to do when the interrupt pin changes level.</summary>
    public Action<bool>? InterruptPin { get; set; }

    /// <summary>Called before the data registers are read, or the count of an empty FIFO.</summary>
    public Action? BeforeData { get; set; }

    /// <summary>Samples a second: 1 kHz (8 kHz without the filter), divided.</summary>
    public double SampleRate
    {
        get
        {
            var filter = registers[MpuRegister.Config] & 7;
            return (filter is 0 or 7 ? 8000.0 : 1000.0) / (1 + registers[MpuRegister.SampleRateDivider]);
        }
    }

    bool IsAsleep => (registers[MpuRegister.PowerManagement1] & Asleep) != 0;

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
        }
    }

    public void PowerGone()
    {
        lock (gate)
            Reset();
    }

    void Reset()
    {
        Array.Clear(registers);
        registers[MpuRegister.PowerManagement1] = Asleep;
        registers[MpuRegister.WhoAmI] = Identity;
        fifo.Clear();
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
            case MpuRegister.FifoEnable or MpuRegister.SampleRateDivider or MpuRegister.Config or MpuRegister.PowerManagement1:
                FillFifo();
                break;
        }
        var ran = FifoRuns;
        registers[register & 0x7F] = value;
        if (FifoRuns && !ran)
            fifoFilledUntil = clock.Now;
        if (register is MpuRegister.InterruptEnable or MpuRegister.PowerManagement1 or MpuRegister.PowerManagement2 or MpuRegister.MotionThreshold)
            WatchMotion();
    }

    byte Get(byte register)
    {
        var value = registers[register & 0x7F];
        if (register == MpuRegister.InterruptStatus)
        {
            registers[register] = 0;
            SetInterrupt(false);
        }
        return value;
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

    void Latch(long tick)
    {
        var sample = Sample(tick);
        var g = CountsPerG / (1 << (registers[MpuRegister.AccelConfig] >> 3 & 3));
        var dps = CountsPerDps / (1 << (registers[MpuRegister.GyroConfig] >> 3 & 3));
        var off = registers[MpuRegister.PowerManagement2];
        Store(0, (off & 0x20) != 0 ? 0 : sample.Ax * g);
        Store(2, (off & 0x10) != 0 ? 0 : sample.Ay * g);
        Store(4, (off & 0x08) != 0 ? 0 : sample.Az * g);
        Store(6, (Temperature - 36.53) * 340);
        Store(8, (off & 0x04) != 0 ? 0 : sample.Gx * dps);
        Store(10, (off & 0x02) != 0 ? 0 : sample.Gy * dps);
        Store(12, (off & 0x01) != 0 ? 0 : sample.Gz * dps);
    }

    void Store(int offset, double counts)
    {
        var value = (short)Math.Clamp(Math.Round(counts), short.MinValue, short.MaxValue);
        registers[MpuRegister.FirstData + offset] = (byte)(value >> 8);
        registers[MpuRegister.FirstData + offset + 1] = (byte)value;
    }

    /// <summary>What the filter lets through at a sample tick: the mean over as long as its bandwidth says (0.443 / Hz for a moving average).</summary>
    MotionSample Sample(long tick)
    {
        const double TapMs = 11;
        const int MostTaps = 8;
        var filter = registers[MpuRegister.Config] & 7;
        var at = tick * 1000.0 / SampleRate;
        var windowMs = 443 / accelerationHz[filter];
        var taps = Math.Clamp((int)Math.Round(windowMs / TapMs), 1, MostTaps);
        var sum = Motion.At(at - windowMs / taps / 2);
        for (var i = 1; i < taps; i++)
            sum += Motion.At(at - windowMs / taps * (i + 0.5));
        return (taps == 1 ? sum : sum * (1.0 / taps)) + Flaws.Of(tick, (accelerationHz[filter] + rotationHz[filter]) / 2);
    }

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

    /// <summary>Starts or ends looking for motion, at the rate of the low-power wake-ups, or each 10 ms when fully awake.</summary>
    void WatchMotion()
    {
        const double AwakeHz = 100;
        var watch = ++motionWatch;
        motionBefore = null;
        if (IsAsleep || (registers[MpuRegister.InterruptEnable] & MotionInterrupt) == 0)
            return;
        var lowPower = (registers[MpuRegister.PowerManagement1] & Cycle) != 0;
        var stepMs = (long)Math.Round(1000 / (lowPower ? wakeHz[registers[MpuRegister.PowerManagement2] >> 6] : AwakeHz));
        clock.At(clock.Now + stepMs, Look);

        void Look()
        {
            lock (gate)
            {
                if (watch != motionWatch)
                    return;
                var sample = Motion.At(clock.Now);
                var threshold = registers[MpuRegister.MotionThreshold] * ThresholdStepG;
                // The chip's high-pass filter passes what changed since the sample before.
                if (motionBefore is { } before && Math.Max(Math.Abs(sample.Ax - before.Ax), Math.Max(Math.Abs(sample.Ay - before.Ay), Math.Abs(sample.Az - before.Az))) > threshold)
                {
                    registers[MpuRegister.InterruptStatus] |= MotionInterrupt;
                    SetInterrupt(true);
                }
                motionBefore = sample;
                clock.At(clock.Now + stepMs, Look);
            }
        }
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
