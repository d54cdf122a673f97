using System.Collections.Concurrent;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SitSense.Testing;

namespace SitSense.Firmware.Tests.Language;

/// <summary>The board's own files, as nanoFramework's compiler sees them: C# 9, over the twin's stand-ins for the board's libraries.</summary>
static class FirmwareSources
{
    static readonly CSharpParseOptions options = new(LanguageVersion.CSharp9);

    // Without the twin there is only what the sources themselves declare.
    static readonly MetadataReference[] libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || path.EndsWith("mscorlib.dll"))
        .Append(typeof(SitSense.Firmware.Device).Assembly.Location)
        .Select(path => MetadataReference.CreateFromFile(path)).ToArray<MetadataReference>();

    /// <summary>The device, and what is built on it.</summary>
    public static IReadOnlyList<string> Programs { get; } = ["SitSense.Firmware", "SitSense.Upkeep"];

    /// <summary>All of it.</summary>
    public static CSharpCompilation Compilation { get; } = Compile(Programs);

    public static string Folder(string program) => Path.Combine(Repository.Root, "firmware", program);

    /// <summary>Paths relative to the program's folder, with slashes.</summary>
    public static IReadOnlyList<string> Files(string program) => Directory.EnumerateFiles(Folder(program), "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder(program), path).Replace('\\', '/'))
        .Where(path => !path.StartsWith("bin/") && !path.StartsWith("obj/"))
        .Order(StringComparer.Ordinal).ToArray();

    /// <summary>One of the assemblies.</summary>
    public static CSharpCompilation Compile(params IEnumerable<string> programs) => CSharpCompilation.Create("SitSense.Firmware.Check",
        programs.SelectMany(program => Files(program).Select(file => CSharpSyntaxTree.ParseText(
            File.ReadAllText(Path.Combine(Folder(program), file)), options, file, Encoding.UTF8))),
        libraries, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>What the compiler knows about the file of a node.</summary>
    public static SemanticModel Model(SyntaxNode node) => models.GetOrAdd(node.SyntaxTree, tree => Compilation.GetSemanticModel(tree));

    static readonly ConcurrentDictionary<SyntaxTree, SemanticModel> models = new();

    /// <summary>Where a node is, for people.</summary>
    public static string At(SyntaxNode node)
    {
        var line = node.GetLocation().GetLineSpan();
        return $"{line.Path}({line.StartLinePosition.Line + 1})";
    }
}
