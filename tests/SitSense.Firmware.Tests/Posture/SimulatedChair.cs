namespace SitSense.Firmware.Tests.Posture;

/// <summary>
/// An office chair with force-sensing resistors in its seat, from sensor data sheets and what is known of one chair; not validated. Two columns of pads, the odd ones left,
/// rows from back to front. Each is a divider with a fixed resistor, which bends the force; it rests at its own counts, which drift, creeps up under load, and is left with
/// counts that die away over seconds and minutes after it.
/// </summary>
sealed class SimulatedChair
{
    readonly Random random;
    readonly int pads, holdMs, periodMs;
    readonly double[] rest, gain, force, target, sway, phase, breath, residualFast, residualSlow, bent;
    readonly int[] counts;
    readonly double resistor, coupling, creep;
    double rampLeft, swaySeconds, shiftAt, fidgetAt, back, label, loadedFor;
    double[]? fidget;
    long heldAt = -1000;
    Sitter? sitter;

    /// <param name="seed">Which chair, and what happens on it.</param>
    /// <param name="pads">1 to 8.</param>
    /// <param name="periodMs">Time between two samples.</param>
    /// <param name="holdMs">How long the converter's values hold.</param>
    public SimulatedChair(int seed, int pads = 8, int periodMs = 500, int holdMs = 500)
    {
        random = new Random(seed);
        (this.pads, this.periodMs, this.holdMs) = (pads, periodMs, holdMs);
        (rest, gain, force, target, sway) = (new double[pads], new double[pads], new double[pads], new double[pads], new double[pads]);
        (phase, breath, residualFast, residualSlow, bent) = (new double[pads], new double[pads], new double[pads], new double[pads], new double[pads]);
        counts = new int[pads];
        for (var i = 0; i < pads; i++)
            (rest[i], gain[i]) = (60 * random.NextDouble() * random.NextDouble(), Math.Exp(0.2 * Normal()));
        if (pads > 3)
            rest[random.Next(pads)] = 250 * random.NextDouble();
        resistor = 1000 * Math.Pow(10, 0.8 * random.NextDouble());
        coupling = 0.02 + 0.04 * random.NextDouble();
        creep = random.NextDouble();
        Noise = 2 + 4 * random.NextDouble();
        DriftPerHour = 30 * Normal();
    }

    /// <summary>Takes each sample.</summary>
    public Action<long, int[]> Sample { get; set; } = (_, _) => { };

    /// <summary>Changes what the converter reads: faults.</summary>
    public Action<long, int[]> Spoil { get; set; } = (_, _) => { };

    /// <summary>Whether somebody sits, at each time.</summary>
    public List<(long Ms, bool Sits)> Truth { get; } = [];

    /// <summary>Shifts of at least a tenth of the load so far.</summary>
    public int Shifts { get; private set; }

    public long Ms { get; private set; }

    /// <summary>The residual that somebody who gets up leaves, as a share of what the pads showed over rest; up to 0.15.</summary>
    public double Residual { get; set; } = 0.1;

    /// <summary>How the rest values move, counts an hour.</summary>
    public double DriftPerHour { get; set; }

    /// <summary>Standard deviation of the converter's noise, counts.</summary>
    public double Noise { get; set; }

    /// <summary>Nothing happens.</summary>
    public SimulatedChair Stay(double seconds)
    {
        for (var until = Ms + (long)(seconds * 1000); Ms < until; Ms += periodMs)
            Step();
        return this;
    }

    /// <summary>Somebody sits down as they do, or something is put down, for a while.</summary>
    public SimulatedChair Sit(Sitter who, double seconds, Way way = Way.Middle)
    {
        (shiftAt, fidgetAt) = (double.MaxValue, double.MaxValue);
        if (who.Breath > 0 && random.Next(2) == 0)
            To(who with { Breath = 0.01 }, way, 0.06, 0.3).Stay(0.5 + 1.5 * random.NextDouble());
        var ramp = who.Breath > 0 ? 0.4 + random.NextDouble() : 0.3;
        To(who, way, 1, ramp);
        label = Ms + 1000 * (ramp / 2 + 0.3 * (random.NextDouble() - 0.5));
        (shiftAt, fidgetAt) = (Next(who.ShiftSeconds), Next(who.FidgetSeconds));
        return Stay(seconds);
    }

    /// <summary>The sitter goes on in another way.</summary>
    public SimulatedChair Move(Way way, double seconds, double share = 1)
    {
        var before = Spread();
        To(sitter!, way, share, 0.5 + random.NextDouble());
        Shifted(before);
        return Stay(seconds);
    }

    /// <summary>The sitter gets up, often by way of the edge, or the thing is taken away.</summary>
    public SimulatedChair Leave(double emptySeconds)
    {
        var who = sitter!;
        if (who.Breath > 0 && random.Next(2) == 0)
            To(who, Way.Edge, 0.8, 0.5).Stay(0.5 + 1.5 * random.NextDouble());
        var ramp = who.Breath > 0 ? 0.3 + 0.9 * random.NextDouble() : 0.2;
        for (var i = 0; i < pads; i++)
        {
            residualFast[i] = bent[i] * Residual * 0.7 * Math.Min(1, loadedFor / 30);
            residualSlow[i] = bent[i] * Residual * 0.3 * Math.Min(1, loadedFor / 300);
        }
        sitter = null;
        label = -(Ms + 1000 * (ramp / 2 + 0.3 * (random.NextDouble() - 0.5)));
        target.AsSpan().Clear();
        rampLeft = ramp;
        return Stay(emptySeconds);
    }

    /// <summary>The sitter lifts off for a moment.</summary>
    public SimulatedChair Lift(double seconds)
    {
        var before = fidget ?? (double[])target.Clone();
        fidget = null;
        target.AsSpan().Clear();
        rampLeft = 0.2;
        Stay(seconds);
        before.CopyTo(target, 0);
        rampLeft = 0.2;
        return this;
    }

    SimulatedChair To(Sitter who, Way way, double share, double ramp)
    {
        if (sitter is null)
            for (var i = 0; i < pads; i++)
                (phase[i], breath[i]) = (random.Next(2) * Math.PI + 0.5 * Normal(), 0.5 + random.NextDouble());
        (sitter, fidget) = (who, null);
        var sum = 0.0;
        for (var i = 0; i < pads; i++)
            sum += target[i] = Ways.Share(way, i, pads) * Math.Exp(0.25 * Normal());
        // More pads lie under more of the sitter.
        for (var i = 0; i < pads; i++)
            target[i] *= share * who.Kilograms * 9.81 * 0.75 * coupling * pads / 8 / sum * (1 + 1.0 / pads);
        rampLeft = ramp;
        return this;
    }

    void Step()
    {
        var dt = periodMs / 1000.0;
        if (Ms - heldAt >= holdMs)
        {
            heldAt = Ms;
            Read();
        }
        var copy = (int[])counts.Clone();
        Spoil(Ms, copy);
        Truth.Add((Ms, label > 0 ? Ms >= label : Ms < -label));
        Sample(Ms, copy);
        Live(dt);
        for (var i = 0; i < pads; i++)
            force[i] += (target[i] - force[i]) * (rampLeft <= dt ? 1 : dt / rampLeft);
        rampLeft = Math.Max(0, rampLeft - dt);
        loadedFor = sitter is null ? 0 : loadedFor + dt;
        for (var i = 0; i < pads; i++)
        {
            residualFast[i] *= Math.Exp(-dt / 4);
            residualSlow[i] *= Math.Exp(-dt / 60);
        }
    }

    void Live(double dt)
    {
        swaySeconds += dt;
        if (sitter is not { Breath: > 0 } who)
            return;
        for (var i = 0; i < pads; i++)
            sway[i] += -sway[i] * dt / 5 + who.Sway * Math.Sqrt(2 * dt / 5) * Normal();
        if (Ms >= shiftAt && who.ShiftSeconds > 0)
        {
            var before = Spread();
            To(who, (Way)random.Next(5), 0.8 + 0.4 * random.NextDouble(), 0.5 + random.NextDouble());
            Shifted(before);
            shiftAt = Next(who.ShiftSeconds);
        }
        else if (fidget is not null && Ms >= back)
        {
            fidget.CopyTo(target, 0);
            (fidget, rampLeft) = (null, 0.3);
        }
        else if (fidget is null && Ms >= fidgetAt && who.FidgetSeconds > 0 && shiftAt > Ms + 4000)
        {
            fidget = (double[])target.Clone();
            for (var i = 0; i < pads; i++)
                target[i] *= Math.Exp(0.15 * Normal());
            (rampLeft, back, fidgetAt) = (0.3, Ms + 600 + 1500 * random.NextDouble(), Next(who.FidgetSeconds));
        }
    }

    void Read()
    {
        for (var i = 0; i < pads; i++)
        {
            var stir = 1 + (sitter is { } who ? who.Breath * breath[i] * Math.Sin(2 * Math.PI * who.BreathHz * swaySeconds + phase[i]) + sway[i] : 0);
            bent[i] = Bend(force[i] * stir * gain[i]) * (1 + 0.03 * creep * Math.Log10(1 + loadedFor));
            var drift = DriftPerHour * (Ms / 3.6e6) * (0.5 + i % 3);
            counts[i] = (int)Math.Clamp(Math.Round(rest[i] + drift + bent[i] + residualFast[i] + residualSlow[i] + Noise * Normal()), 0, 4095);
        }
    }

    // Interlink's guide: R is about 10 kOhm at 1 N and falls with the force to the power of 0.8; below 0.2 N it does not conduct.
    double Bend(double newtons) => newtons < 0.2 ? 0 : 4095 * resistor / (resistor + 10000 * Math.Pow(newtons, -0.8));

    double[] Spread() => [.. target.Select((f, i) => Bend(f * gain[i]))];

    void Shifted(double[] before)
    {
        var after = Spread();
        if (before.Zip(after, (a, b) => Math.Abs(a - b)).Sum() >= 0.1 * (before.Sum() + after.Sum()))
            Shifts++;
    }

    double Next(double meanSeconds) => Ms + 8000 - 1000 * meanSeconds * Math.Log(1 - random.NextDouble());

    double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
