using System.Collections.Concurrent;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SitSense.Testing;

namespace SitSense.Firmware.Tests.Language;

/// <summary>The firmware's own files, as nanoFramework's compiler sees them: C# 9, over the twin's stand-ins for the board's libraries.</summary>
static class FirmwareSources
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "firmware", "SitSense.Firmware");

    /// <summary>Paths relative to the project, with slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
        .Where(path => !path.StartsWith("bin/") && !path.StartsWith("obj/"))
        .Order(StringComparer.Ordinal).ToArray();

    public static CSharpCompilation Compilation { get; } = Compile();

    /// <summary>What the compiler knows about the file of a node.</summary>
    public static SemanticModel Model(SyntaxNode node) => models.GetOrAdd(node.SyntaxTree, tree => Compilation.GetSemanticModel(tree));

    static readonly ConcurrentDictionary<SyntaxTree, SemanticModel> models = new();

    /// <summary>Where a node is, for people.</summary>
    public static string At(SyntaxNode node)
    {
        var line = node.GetLocation().GetLineSpan();
        return $"{line.Path}({line.StartLinePosition.Line + 1})";
    }

    static CSharpCompilation Compile()
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp9);
        var trees = Files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Folder, file)), options, file, Encoding.UTF8));
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || path.EndsWith("mscorlib.dll"))
            .Append(typeof(SitSense.Firmware.Device).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create("SitSense.Firmware.Check", trees, libraries, new CSharpCompilationOptions(OutputKind.ConsoleApplication));
    }
}
