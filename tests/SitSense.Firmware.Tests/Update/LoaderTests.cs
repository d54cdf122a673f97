using SitSense.Upkeep.Update;

namespace SitSense.Firmware.Tests.Update;

/// <summary>Which program runs.</summary>
public sealed class LoaderTests
{
    static readonly TimeSpan hour = TimeSpan.FromHours(1);

    [Fact]
    public void Without_a_package_the_deployed_program_runs_and_nothing_is_written()
    {
        using var bench = new UpdateBench();
        bench.Live(hour);
        Assert.Equal(1, bench.Deployed);
        Assert.Equal(0, bench.Board.Flash.Operations);
    }

    [Fact]
    public void A_program_that_shows_itself_healthy_stays()
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, Package.Content));
        bench.Live(hour);
        bench.Live(hour);
        Assert.Equal([7, 7], bench.Ran);
        Assert.Equal(0, bench.Deployed);
        Assert.Equal((7u, 0u, 0u), (bench.Known().Healthy, bench.Known().Trial, bench.Known().Failed));
    }

    [Fact]
    public void A_program_may_be_of_several_assemblies_each_built_on_those_before_it()
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, Package.OfTwo));
        bench.Live(hour);
        Assert.Equal([7], bench.Ran);
    }

    [Theory]
    [InlineData("crash")]
    [InlineData("hang")]
    [InlineData("no entry")]
    [InlineData("no assembly")]
    public void A_program_that_does_not_is_given_up_and_the_deployed_one_runs(string how)
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, Bad(how)));
        bench.Live(hour);
        Assert.Equal(1, bench.Deployed);
        Assert.Equal((0u, 0u, 7u, 7u), (bench.Known().Healthy, bench.Known().Trial, bench.Known().Failed, bench.Known().Newest));
        Assert.False(File.Exists(bench.At("package0")));
        Assert.Contains("not newer", bench.Fetch(7, Bad(how)));
    }

    [Theory]
    [InlineData("crash")]
    [InlineData("hang")]
    [InlineData("no assembly")]
    public void The_healthy_one_before_it_runs_again(string how)
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, Package.Content));
        bench.Live(hour);
        Assert.Null(bench.Fetch(8, Bad(how)));
        bench.Live(hour);
        bench.Live(hour);
        Assert.Equal([7, 7, 7], bench.Ran);
        Assert.Equal(0, bench.Deployed);
        Assert.Equal((7u, 8u), (bench.Known().Healthy, bench.Known().Newest));
    }

    [Fact]
    public void A_program_on_trial_has_three_starts_of_a_quarter_of_an_hour()
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, Package.Hanging));
        bench.Live(TimeSpan.FromMinutes(44));
        Assert.Equal((0, 3), (bench.Deployed, bench.Known().Starts));
        bench.Live(TimeSpan.FromMinutes(1));
        Assert.Equal(1, bench.Deployed);
    }

    [Fact]
    public void A_power_cut_in_a_trial_is_no_proof_against_the_program()
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, Package.Hanging));
        bench.Live(TimeSpan.FromMinutes(1));
        bench.Live(TimeSpan.FromMinutes(1));
        Assert.Equal((0, 7u), (bench.Deployed, bench.Known().Trial));
    }

    [Fact]
    public void A_healthy_program_that_ends_by_itself_again_and_again_is_dropped()
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, Package.Crashing));
        bench.On(() => bench.Fetcher().Programs.Confirm(7));
        bench.Live(hour);
        Assert.Equal((1, 0u, 7u), (bench.Deployed, bench.Known().Healthy, bench.Known().Newest));
    }

    [Fact]
    public void A_damaged_package_is_not_run()
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, Package.Content));
        bench.Live(hour);
        var bytes = File.ReadAllBytes(bench.At("package0"));
        bytes[^1] ^= 1;
        File.WriteAllBytes(bench.At("package0"), bytes);
        bench.Live(hour);
        Assert.Equal([7], bench.Ran);
        Assert.Equal(1, bench.Deployed);
    }

    [Theory]
    [InlineData("programs0", "")]
    [InlineData("programs1", "rubbish that nobody wrote")]
    public void Damaged_notes_leave_the_deployed_program(string file, string content)
    {
        using var bench = new UpdateBench();
        File.WriteAllText(bench.At(file), content);
        bench.Live(hour);
        Assert.Equal(1, bench.Deployed);
        Assert.Null(bench.Board.Crash);
    }

    [Fact]
    public void A_newer_program_deployed_by_cable_runs_instead_of_a_package()
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, Package.Content));
        bench.Live(hour);
        bench.On(() =>
        {
            var programs = bench.Fetcher().Programs;
            programs.Begin(Release.Number, 0);
            programs.Confirm(Release.Number);
        });
        bench.Live(hour);
        Assert.Equal([7], bench.Ran);
        Assert.Equal(1, bench.Deployed);
    }

    [Fact]
    public void A_flash_that_takes_nothing_more_leaves_the_program_that_ran()
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, Package.Content));
        bench.Live(hour);
        Assert.Null(bench.Fetch(8, Package.Hanging));
        bench.Board.Flash.Capacity = 0;
        bench.Live(hour);
        // What cannot be counted is not tried.
        Assert.Equal((0, 8u, 0), (bench.Deployed, bench.Known().Trial, bench.Known().Starts));
    }

    static byte[] Bad(string how) => how switch
    {
        "crash" => Package.Crashing,
        "hang" => Package.Hanging,
        "no entry" => Package.WithoutEntry,
        _ => [1, 2, 3],
    };
}
