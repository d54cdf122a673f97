using System.Xml.Linq;
using SitSense.Firmware.Board;
using SitSense.Testing;

namespace SitSense.Firmware.Tests.Language;

public class ProjectFileTests
{
    public static TheoryData<string> Programs => [.. FirmwareSources.Programs];

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_nanoFramework_project_lists_every_source_file(string program)
    {
        var listed = Elements(program, "Compile").Select(element => element.Attribute("Include")!.Value.Replace('\\', '/')).Order(StringComparer.Ordinal);
        Assert.Equal(FirmwareSources.Files(program), listed);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_packages_are_those_of_the_references(string program)
    {
        var packages = XDocument.Load(Path.Combine(FirmwareSources.Folder(program), "packages.config")).Root!.Elements("package")
            .Select(package => $"{package.Attribute("id")!.Value}.{package.Attribute("version")!.Value}").Order();
        Assert.Equal(packages, Hinted(program));
    }

    [Fact]
    public void Both_programs_have_the_same_packages() => Assert.Equal(Hinted(FirmwareSources.Programs[0]), Hinted(FirmwareSources.Programs[1]));

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_firmware_has_the_version_of_the_whole(string program)
    {
        var properties = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props"));
        Assert.Equal(Release.Version, properties.Descendants("Version").Single().Value);
        Assert.Contains($"AssemblyVersion(\"{Release.Version}.0\")", File.ReadAllText(Path.Combine(FirmwareSources.Folder(program), "Properties/AssemblyInfo.cs")));
    }

    [Fact]
    public void The_wiring_in_the_hardware_readme_is_the_firmwares()
    {
        var pins = File.ReadLines(Path.Combine(Repository.Root, "hardware", "README.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 3 && cells[1].StartsWith("GPIO", StringComparison.Ordinal))
            .Select(cells => (Pin: int.Parse(cells[1][4..]), Means: cells[2])).ToArray();
        var wanted = new List<(int, string)>
        {
            (Pins.MotionData, "motion sensor SDA"), (Pins.MotionClock, "motion sensor SCL"), (Pins.MotionInterrupt, "motion sensor INT"), (Pins.Buzzer, "buzzer"),
            (Pins.Button, "button"), (Pins.Charger, "charger"), (Pins.Light, "light"), (Pins.Battery, "battery")
        };
        for (var i = 0; i < Pins.SeatPads.Length; i++)
            wanted.Add((Pins.SeatPads[i], $"seat pad {i + 1}, ADC1 channel {Pins.SeatChannels[i]}"));
        Assert.Equal(wanted.Order(), pins.Order());
    }

    /// <summary>ESP32 datasheet, table of ADC channels.</summary>
    [Fact]
    public void Every_seat_pad_has_the_adc_channel_of_its_pin()
    {
        int[] pinsOfAdc1 = [36, 37, 38, 39, 32, 33, 34, 35];
        Assert.Equal(Pins.SeatPads, Pins.SeatChannels.Select(channel => pinsOfAdc1[channel]));
    }

    static IEnumerable<string> Hinted(string program) => Elements(program, "HintPath").Select(hint => hint.Value.Split('\\')[2]).Order();

    static IEnumerable<XElement> Elements(string program, string name) =>
        XDocument.Load(Path.Combine(FirmwareSources.Folder(program), program + ".nfproj")).Descendants().Where(element => element.Name.LocalName == name);
}
