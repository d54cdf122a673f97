using System.Globalization;
using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using SitSense.Twin.Recordings;

namespace SitSense.Firmware.Tests.Twin;

public sealed class RecordingTests : IDisposable
{
    const string Header = "t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps,label\n";

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Columns_are_found_by_name_and_others_are_passed_over()
    {
        var recording = RecordingReader.Motion(folder.File("a.csv", "label,gz_dps,az_g,t_s,ax_g,ay_g\nwalk,6,3,0.5,1,2\nwalk,,3.5,0.52,1e0,-2\n\n"));

        Assert.Equal(2, recording.Rows);
        Assert.Equal([1f, 2f, 3f, 0f, 0f, 6f], recording.At(0.5).ToArray());
        Assert.Equal([1f, -2f, 3.5f, 0f, 0f, 0f], recording.At(99).ToArray());
    }

    [Fact]
    public void A_gzipped_recording_reads_as_the_plain_one()
    {
        var path = Path.Combine(folder.Path, "a.csv.gz");
        using (var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
            writer.Write("t_s,p00,p01,p02\n0,10,20,4095\n0.5,11,21,0\n");

        var recording = RecordingReader.Seat(path);

        Assert.Equal(3, recording.Columns);
        Assert.Equal([10f, 20f, 4095f], recording.At(0.49).ToArray());
    }

    [Fact]
    public void Between_rows_the_last_value_holds_and_a_long_gap_has_no_samples()
    {
        var recording = RecordingReader.Seat(folder.File("a.csv", "t_s,p0\n0,1\n0.9,2\n5,3\n"));

        Assert.Equal([1f, 1f, 2f, 3f, 3f], new[] { -1, 0.89, 0.9, 1.5, 7 }.Select(t => recording.At(t)[0]));
        Assert.Null(recording.GapEnd(0.5, 0.1));
        Assert.Null(recording.GapEnd(0.95, 0.1));
        Assert.Equal(5, recording.GapEnd(1.5, 0.1));
        Assert.Null(recording.GapEnd(6, 0.1));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("t_s,ax_g,ay_g,az_g\n", "there are no samples in it")]
    [InlineData("time,ax_g,ay_g,az_g\n0,1,1,1\n", "line 1: there is no column 't_s'")]
    [InlineData("t_s,ax_g,az_g\n0,1,1\n", "line 1: there is no column 'ay_g'")]
    [InlineData("t_s,ax_g,ay_g,az_g\n0,0,0,1\n0.02,0,zero,1\n", "line 3: ay_g is 'zero', which is no number in range")]
    [InlineData("t_s,ax_g,ay_g,az_g\n0,0,0,1\n0.02,0,NaN,1\n", "line 3: ay_g is 'NaN', which is no number in range")]
    [InlineData("t_s,ax_g,ay_g,az_g\n0,0,,1\n", "line 2: ay_g is '', which is no number in range")]
    [InlineData("t_s,ax_g,ay_g,az_g\n0,0,0,1\n0,0,0,1\n", "line 3: t_s 0 does not come after 0")]
    [InlineData("t_s,ax_g,ay_g,az_g\n0,0,0\n", "line 2: 3 fields where the header has 4")]
    public void A_broken_recording_is_named_by_file_line_and_what(string content, string what)
    {
        var path = folder.File("broken.csv", content);

        var e = Assert.Throws<RecordingException>(() => RecordingReader.Motion(path));

        Assert.StartsWith(path, e.Message);
        Assert.Contains(what, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Missing_and_torn_files_are_named()
    {
        Assert.Contains("there is no such file", Assert.Throws<RecordingException>(() => RecordingReader.Seat(Path.Combine(folder.Path, "none.csv"))).Message);

        var path = Path.Combine(folder.Path, "torn.csv.gz");
        using (var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
            for (var i = 0; i < 10_000; i++)
                writer.Write(i == 0 ? "t_s,p0\n" : string.Create(CultureInfo.InvariantCulture, $"{i * 0.5},{i * 7919 % 4096}\n"));
        using (var file = File.OpenWrite(path))
            file.SetLength(file.Length / 2);
        Assert.StartsWith(path, Assert.Throws<RecordingException>(() => RecordingReader.Seat(path)).Message);
    }

    [Fact]
    public void Whatever_stands_in_a_file_is_read_or_refused_in_one_line() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var path = folder.File("any.csv", Header + text);
            try
            {
                Assert.True(RecordingReader.Motion(path).Rows > 0);
            }
            catch (RecordingException e)
            {
                Assert.StartsWith(path, e.Message);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_written_row_is_read_back() =>
        Prop.ForAll(Gen.Choose(0, 4095).ArrayOf(8).NonEmptyListOf().ToArbitrary(), rows =>
        {
            var path = folder.File("rows.csv", "t_s,p0,p1,p2,p3,p4,p5,p6,p7\n" + string.Concat(rows.Select((row, i) =>
                string.Create(CultureInfo.InvariantCulture, $"{i * 0.5:0.0},{string.Join(',', row)}\n"))));
            var recording = RecordingReader.Seat(path);
            Assert.Equal(rows.Count, recording.Rows);
            for (var i = rows.Count - 1; i >= 0; i--)
                Assert.Equal(rows[i].Select(n => (float)n), recording.At(i * 0.5).ToArray());
        }).QuickCheckThrowOnFailure();
}
