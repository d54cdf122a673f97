using SitSense.Firmware.Posture;
using static SitSense.Firmware.Posture.PostureKind;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>A <see cref="SimulatedChair"/> with faults: what can still be told is, and nothing flaps (<see cref="Watched"/> holds changes ten seconds apart).</summary>
public class SeatFaultsTests
{
    const int Sittings = 4;

    /// <summary>Sits and leaves; each sitting and each pause a change, and no more.</summary>
    static Watched Live(int seed, Action<SimulatedChair, Random> fault, int pads = 8, int periodMs = 100)
    {
        var watched = new Watched(new SeatDetector(pads));
        var chair = new SimulatedChair(seed, pads, periodMs, periodMs) { Sample = watched.Add };
        fault(chair, new Random(seed));
        chair.Stay(60);
        for (var i = 0; i < Sittings; i++)
            chair.Sit(Sitter.AtDesk(60 + 10 * i), 200).Leave(60);
        return watched;
    }

    static void EachSittingOnce(Watched watched, bool afterTheFirst = false)
    {
        PostureKind[] right = [Upright, .. Enumerable.Repeat(new[] { Sitting, Upright }, Sittings).SelectMany(pair => pair)];
        if (afterTheFirst)
            Assert.Equal(right.Skip(2), watched.Postures.TakeLast(right.Length - 2));
        else
            Assert.Equal(right, watched.Postures);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 6)];

    [Theory, MemberData(nameof(Seeds))]
    public void Spikes_of_the_converter(int seed) => EachSittingOnce(Live(seed, (chair, random) => chair.Spoil = (_, counts) =>
    {
        if (random.Next(20) == 0)
            counts[random.Next(counts.Length)] = random.Next(4096);
    }));

    [Theory, MemberData(nameof(Seeds))]
    public void Noise_of_twenty_counts(int seed) => EachSittingOnce(Live(seed, (chair, _) => chair.Noise = 20));

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    [InlineData(1500)]
    public void A_pad_that_stands_still(int at) => EachSittingOnce(Live(3, (chair, _) => chair.Spoil = (_, counts) => counts[2] = at), afterTheFirst: true);

    [Theory, MemberData(nameof(Seeds))]
    public void A_converter_that_clips_at_half(int seed) => EachSittingOnce(Live(seed, (chair, _) => chair.Spoil = (_, counts) =>
    {
        for (var i = 0; i < counts.Length; i++)
            counts[i] = Math.Min(2000, counts[i]);
    }));

    [Theory, MemberData(nameof(Seeds))]
    public void Samples_that_are_missing(int seed) => EachSittingOnce(Live(seed, (chair, random) =>
    {
        var take = chair.Sample;
        chair.Sample = (ms, counts) =>
        {
            if (random.Next(3) > 0)
                take(ms, counts);
        };
    }));

    [Theory, MemberData(nameof(Seeds))]
    public void Reads_that_fail_for_a_while_are_unknown_and_then_it_goes_on(int seed)
    {
        Watched? watched = null;
        watched = Live(seed, (chair, _) =>
        {
            var take = chair.Sample;
            chair.Sample = (ms, counts) =>
            {
                if (ms is > 120_000 and < 150_000)
                    counts[0] = -1;
                take(ms, counts);
            };
        });
        Assert.Equal([Upright, Sitting, Unknown, Sitting, Upright], watched.Postures.Take(5));
        Assert.InRange(watched.Changes[3].Since, 149_000, 152_000);
    }

    [Fact]
    public void A_pad_that_jumps_at_rest_is_no_sitter()
    {
        var watched = new Watched(new SeatDetector(8));
        var chair = new SimulatedChair(4) { Sample = watched.Add, Spoil = (ms, counts) => counts[1] += ms / 60_000 % 2 == 0 ? 250 : 0 };
        chair.Stay(1200);
        Assert.Equal([Upright], watched.Postures);
    }
}
