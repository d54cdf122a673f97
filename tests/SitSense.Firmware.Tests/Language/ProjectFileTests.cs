using System.Xml.Linq;
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

    static IEnumerable<string> Hinted(string program) => Elements(program, "HintPath").Select(hint => hint.Value.Split('\\')[2]).Order();

    static IEnumerable<XElement> Elements(string program, string name) =>
        XDocument.Load(Path.Combine(FirmwareSources.Folder(program), program + ".nfproj")).Descendants().Where(element => element.Name.LocalName == name);
}
