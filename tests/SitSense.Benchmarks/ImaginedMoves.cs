using SitSense.Firmware.Posture;
using SitSense.Testing;

namespace SitSense.Benchmarks;

/// <summary>What nobody recorded and what must not change a posture: squats, crouches, bends, slouches, of any pace and depth.</summary>
static class ImaginedMoves
{
    /// <summary>How long the end of each is, in which nothing may change, ms.</summary>
    public const int StaysMs = 45000;

    const int Bodies = 25;

    public static List<(List<(long Ms, float[] V)> Samples, PostureKind Posture)> All()
    {
        var moves = new List<(List<(long, float[])>, PostureKind)>();
        for (var seed = 0; seed < Bodies; seed++)
        {
            var random = new Random(seed);
            double Any(double least, double most) => least + (most - least) * random.NextDouble();
            void Up(Action<Body> move) => moves.Add((Imagine(seed, body => { body.Walk(15, 3).Stay(15); move(body); }), PostureKind.Upright));
            void Down(Action<Body> move) => moves.Add((Imagine(seed, body => { body.Walk(15, 3).Stay(15).SitDown().Stay(20); move(body); }), PostureKind.Sitting));
            Up(body => body.Dip(Any(1.5, 4), Any(20, 60), Any(0.25, 0.5)).Stay(3).Dip(Any(1.5, 4), Any(20, 60), Any(0.25, 0.5)));
            Up(body => body.Change(Any(1, 2.2), 0, 45, -0.4).Stay(Any(0.5, 4)).Change(Any(1, 2.2), 0, 0, 0.4));
            Up(body => body.Dip(Any(1.5, 5), Any(40, 90), Any(0, 0.2)).Stay(3).Dip(Any(1.5, 5), Any(40, 90), Any(0, 0.2)));
            Up(body => body.Change(Any(1, 2.2), 0, Any(50, 85), -0.1).Stay(Any(0.5, 5)).Change(Any(1, 2.2), 0, 0, 0.1));
            Down(body => body.Change(Any(1.5, 3), 0, -Any(25, 50), -0.03).Stay(20).Change(Any(1.5, 3), 0, -Any(0, 15), 0.03));
            Down(body => body.Change(Any(1, 2), 0, Any(10, 60), -0.05).Stay(Any(2, 15)).Change(Any(1, 2), 0, -20, 0.05));
        }
        return moves;
    }

    static List<(long, float[])> Imagine(int seed, Action<Body> move)
    {
        var samples = new List<(long, float[])>();
        var body = new Body(seed) { Sample = (ms, v) => samples.Add((ms, v)) };
        move(body);
        body.Stay(StaysMs / 1000 - 20);
        return samples;
    }
}
