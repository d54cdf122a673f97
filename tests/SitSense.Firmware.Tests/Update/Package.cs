using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SitSense.Firmware.Tests.Update;

/// <summary>
/// Programs for a twin's loader: assemblies whose <c>SitSense.Upkeep.Program.Run</c> is what a test says, each with its length before it. On the board they
/// are .pe files, here .NET's own.
/// </summary>
static class Package
{
    const string Contented = """
        var flash = new Flash();
        try
        {
            flash.Append("I:\\ran", new byte[] { (byte)package }, 1);
            var programs = new Programs(flash);
            programs.Load();
            programs.Confirm((uint)package);
        }
        catch (System.IO.IOException)
        {
            // A full flash ends no program.
        }
        while (true) new Clock().Sleep(60000);
        """;

    /// <summary>The whole firmware, begun anew.</summary>
    public static byte[] Device { get; } = Of("new Device(new Clock(), new Flash(), new ResidentCaretaker(package)).Run();");

    /// <summary>Ends at once.</summary>
    public static byte[] Crashing { get; } = Of("""throw new System.InvalidOperationException("it crashed");""");

    /// <summary>Never does anything.</summary>
    public static byte[] Hanging { get; } = Of("while (true) new Clock().Sleep(1000);");

    /// <summary>Notes that it ran, and is content with itself.</summary>
    public static byte[] Content { get; } = Of(Contented);

    /// <summary>No entry.</summary>
    public static byte[] WithoutEntry { get; } = Compile("public static class Nothing { }");

    /// <summary>Two assemblies, of which the last is content where the first is there.</summary>
    public static byte[] OfTwo { get; } =
    [
        .. Compile("public static class First { }"),
        .. Of($$"""
            var first = false;
            foreach (var one in System.AppDomain.CurrentDomain.GetAssemblies())
                first |= one.GetType("First") != null;
            if (first) { {{Contented}} }
            """)
    ];

    static byte[] Of(string body) => Compile($$"""
        using SitSense.Firmware; using SitSense.Firmware.Board; using SitSense.Upkeep.Update;
        namespace SitSense.Upkeep { public static class Program { public static void Run(int package) { {{body}} } } }
        """);

    static byte[] Compile(string source)
    {
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Append(typeof(Device).Assembly.Location).Select(path => MetadataReference.CreateFromFile(path));
        using var stream = new MemoryStream();
        var result = CSharpCompilation.Create("Package" + Guid.NewGuid().ToString("N"), [CSharpSyntaxTree.ParseText(source)], libraries,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release)).Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return [.. BitConverter.GetBytes((uint)stream.Length), .. stream.ToArray()];
    }
}
