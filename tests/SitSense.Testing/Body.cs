namespace SitSense.Testing;

/// <summary>
/// A sensor on a synthetic body: the trunk or the thigh leans by an angle, the sensor goes up and down, and an MPU6050 of any mounting,
/// offset and noise sees specific force and rate of turn. Angles in degrees, forwards positive; heights in metres.
/// </summary>
public sealed class Body
{
    const double Gravity = 9.80665;
    const double Degree = Math.PI / 180;

    readonly Random random;
    readonly double[] axisX, axisY, axisZ;
    readonly double rateHz;
    double lean;
    long samples;

    public Body(int seed = 1, double rateHz = 25, double standing = 0)
    {
        random = new Random(seed);
        this.rateHz = rateHz;
        lean = standing;
        (axisX, axisY, axisZ) = Mounting();
    }

    /// <summary>Called with each sample: ms, force in g, turn in deg/s.</summary>
    public required Action<long, float[]> Sample { get; init; }

    /// <summary>Standard deviation of the noise: g, and a hundredth of deg/s.</summary>
    public double Noise { get; init; } = 0.002;

    public long Ms => (long)(samples * 1000 / rateHz);

    /// <summary>Stays as it is, with the sway that every body has.</summary>
    public Body Stay(double seconds)
    {
        var from = lean;
        Move(seconds, s => from + 0.3 * Math.Sin(2 * Math.PI * 0.25 * s * seconds), _ => 0);
        lean = from;
        return this;
    }

    /// <summary>Lies on a table: noise alone.</summary>
    public Body Lie(double seconds)
    {
        var from = lean;
        return Move(seconds, _ => from, _ => 0);
    }

    /// <summary>Leans forward on the way, ends at another lean and height.</summary>
    public Body Change(double seconds, double over, double to, double rise)
    {
        var from = lean;
        Move(seconds, s => from + (to - from) * Smooth(s) + over * Out(s), s => rise * Smooth(s));
        lean = to;
        return this;
    }

    /// <summary>Goes down and comes back.</summary>
    public Body Dip(double seconds, double over, double drop)
    {
        var from = lean;
        Move(seconds, s => from + over * Out(s), s => -drop * Out(s));
        lean = from;
        return this;
    }

    /// <summary>Walks at two steps a second.</summary>
    public Body Walk(double seconds, double swing)
    {
        var from = lean;
        double Pace(double s) => Smooth(Math.Min(1, Math.Min(s, 1 - s) * seconds));
        Move(seconds, s => from + Pace(s) * swing * Math.Sin(2 * Math.PI * s * seconds), s => Pace(s) * 0.02 * Math.Sin(4 * Math.PI * s * seconds));
        lean = from;
        return this;
    }

    public Body SitDown() => Change(2.4, 35, -20, -0.35);

    public Body StandUp() => Change(2.4, 35, 0, 0.35);

    /// <summary>Turns the sensor over in its pocket between two samples.</summary>
    public Body TurnOver()
    {
        for (var i = 0; i < 3; i++)
        {
            axisX[i] = -axisX[i];
            axisY[i] = -axisY[i];
        }
        samples += (long)(2 * rateHz);
        return this;
    }

    /// <summary>No samples for a while.</summary>
    public Body Pause(double seconds)
    {
        samples += (long)(seconds * rateHz);
        return this;
    }

    Body Move(double seconds, Func<double, double> angle, Func<double, double> height)
    {
        const double h = 1e-3;
        for (var t = 0.0; t < seconds; t += 1 / rateHz, samples++)
        {
            double At(Func<double, double> f, double offset) => f(Math.Clamp((t + offset) / seconds, 0, 1));
            var a = At(angle, 0) * Degree;
            var turn = (At(angle, h) - At(angle, -h)) / (2 * h);
            var up = 1 + (At(height, h) - 2 * At(height, 0) + At(height, -h)) / (h * h) / Gravity;
            var sample = new float[6];
            for (var i = 0; i < 3; i++)
            {
                sample[i] = (float)(up * (Math.Cos(a) * axisX[i] + Math.Sin(a) * axisZ[i]) + Noise * Normal());
                sample[3 + i] = (float)(turn * axisY[i] + 20 * Noise * Normal());
            }
            Sample(Ms, sample);
        }
        return this;
    }

    static double Smooth(double s) => s * s * s * (10 + s * (6 * s - 15));

    // Out and back again.
    static double Out(double s) => Smooth(s < 0.5 ? 2 * s : 2 - 2 * s);

    (double[], double[], double[]) Mounting()
    {
        double[] Direction() => Unit([Normal(), Normal(), Normal()]);
        double[] x = Direction(), other = Direction();
        var y = Unit([x[1] * other[2] - x[2] * other[1], x[2] * other[0] - x[0] * other[2], x[0] * other[1] - x[1] * other[0]]);
        return (x, y, [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]]);
    }

    static double[] Unit(double[] v)
    {
        var length = Math.Sqrt(v.Sum(x => x * x));
        return [.. v.Select(x => x / length)];
    }

    double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
