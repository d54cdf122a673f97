using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SitSense.Firmware.Tests.Language;

/// <summary>
/// Holds the firmware to what .NET nanoFramework has, because a slip shows only on the board, and some of them as a program that silently does
/// nothing at all.
/// </summary>
public class NanoLanguageTests
{
    /// <summary>Does not compile there, throws there, or compiles and kills the program.</summary>
    static readonly HashSet<SyntaxKind> Forbidden =
    [
        SyntaxKind.TypeParameterList, SyntaxKind.GenericName, SyntaxKind.NullableType, SyntaxKind.TupleType, SyntaxKind.TupleExpression,
        SyntaxKind.StackAllocArrayCreationExpression, SyntaxKind.ImplicitStackAllocArrayCreationExpression, SyntaxKind.RecordDeclaration,
        SyntaxKind.YieldReturnStatement, SyntaxKind.YieldBreakStatement, SyntaxKind.AwaitExpression, SyntaxKind.QueryExpression,
        SyntaxKind.RangeExpression, SyntaxKind.IndexExpression, SyntaxKind.AnonymousObjectCreationExpression, SyntaxKind.FixedStatement,
        SyntaxKind.UnsafeStatement, SyntaxKind.PointerType, SyntaxKind.FunctionPointerType, SyntaxKind.CheckedExpression,
        SyntaxKind.CheckedStatement, SyntaxKind.InterpolatedStringExpression
    ];

    [Theory]
    [InlineData("SitSense.Firmware")]
    [InlineData("SitSense.Upkeep")]
    public void The_sources_compile_as_csharp_9(string program)
    {
        var errors = FirmwareSources.Compile(program).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());
        None(errors);
    }

    [Fact]
    public void Nothing_is_written_that_the_board_cannot_run()
    {
        var slips = Nodes().Where(node => Forbidden.Contains(node.Kind())
            || node is ArrayRankSpecifierSyntax { Rank: > 1 }
            || node is InterfaceDeclarationSyntax type && type.Members.OfType<MethodDeclarationSyntax>().Any(method => method.Body is not null || method.ExpressionBody is not null)
            || node is MemberDeclarationSyntax member && member.Modifiers.Any(m => m.IsKind(SyntaxKind.AsyncKeyword) || m.IsKind(SyntaxKind.UnsafeKeyword) || m.IsKind(SyntaxKind.VolatileKeyword)));
        None(slips.Select(node => $"{FirmwareSources.At(node)}: {node.Kind()}: {node}"));
    }

    [Fact]
    public void Every_member_used_exists_on_the_board()
    {
        var allowed = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Language", "NanoApi.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').ToHashSet();
        var strangers = Uses.Where(use => !allowed.Contains(use.Id)).Select(use => $"{use.At}: {use.Id}").Distinct();
        None(strangers);
    }

    [Fact]
    public void Only_strings_are_joined_to_strings()
    {
        // Anything else goes through an Object.ToString of the board's own: an enum prints its number, a double seven digits.
        var slips =
            from node in Nodes().OfType<BinaryExpressionSyntax>()
            where node.IsKind(SyntaxKind.AddExpression)
            let model = FirmwareSources.Model(node)
            where model.GetTypeInfo(node).Type?.SpecialType == SpecialType.System_String
            from side in new[] { node.Left, node.Right }
            where model.GetTypeInfo(side).Type?.SpecialType != SpecialType.System_String
            select $"{FirmwareSources.At(node)}: {side}";
        None(slips);
    }

    [Fact]
    public void No_enum_is_printed()
    {
        var slips =
            from node in Nodes().OfType<MemberAccessExpressionSyntax>()
            where node.Name.Identifier.Text == "ToString"
            let model = FirmwareSources.Model(node)
            where model.GetTypeInfo(node.Expression).Type?.TypeKind == TypeKind.Enum
            select $"{FirmwareSources.At(node)}: {node}";
        None(slips);
    }

    [Theory]
    [InlineData("Board/Clock.cs", "System.Threading.Thread", "System.Threading.Timer", "System.Threading.AutoResetEvent", "System.Environment")]
    [InlineData("Board/Flash.cs", "System.IO.File", "System.IO.FileStream", "System.IO.Directory", "System.IO.Path")]
    public void Time_and_files_are_met_in_one_place(string place, params string[] types)
    {
        var slips = Uses.Where(use => !use.At.StartsWith(place)
            && (types.Any(type => use.Id[2..] == type || use.Id[2..].StartsWith(type + ".")) || place == "Board/Clock.cs" && use.Id == "P:System.DateTime.UtcNow"));
        None(slips.Select(use => $"{use.At}: {use.Id}"));
    }

    [Fact]
    public void The_device_does_not_know_who_looks_after_it()
    {
        var device = FirmwareSources.Compile("SitSense.Firmware");
        var slips =
            from tree in device.SyntaxTrees
            let model = device.GetSemanticModel(tree)
            from name in tree.GetRoot().DescendantNodes().OfType<NameSyntax>()
            let symbol = model.GetSymbolInfo(name).Symbol
            where $"{symbol}".StartsWith("SitSense.Upkeep", StringComparison.Ordinal)
            select $"{FirmwareSources.At(name)}: {name}";
        None(slips);
    }

    [Theory]
    [InlineData("Reminding")]
    [InlineData("Journal")]
    [InlineData("Posture")]
    [InlineData("Settings")]
    [InlineData("Json")]
    public void These_rooms_know_no_hardware_and_no_network(string room)
    {
        string[] worlds = ["System.Device", "Iot.Device", "nanoFramework", "System.Net"];
        None(Uses.Where(use => use.At.StartsWith(room + "/") && worlds.Any(world => use.Id[2..].StartsWith(world)))
            .Select(use => $"{use.At}: {use.Id}"));
    }

    static void None(IEnumerable<string> slips)
    {
        var text = string.Join('\n', slips);
        Assert.True(text.Length == 0, text);
    }

    static IEnumerable<SyntaxNode> Nodes() => FirmwareSources.Compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes());

    /// <summary>Every member and type of a library that the sources name or use unnamed, by documentation id.</summary>
    static IReadOnlyList<(string Id, string At)> Uses { get; } = FindUses().ToArray();

    static IEnumerable<(string Id, string At)> FindUses()
    {
        foreach (var node in Nodes())
        {
            var model = FirmwareSources.Model(node);
            foreach (var symbol in Symbols(node, model))
            {
                if (symbol is null or INamespaceSymbol or IMethodSymbol { MethodKind: MethodKind.BuiltinOperator })
                    continue;
                var original = symbol.OriginalDefinition;
                if (SymbolEqualityComparer.Default.Equals(original.ContainingAssembly, FirmwareSources.Compilation.Assembly) || original.ContainingAssembly is null)
                    continue;
                if (original.GetDocumentationCommentId() is { } id)
                    yield return (id, FirmwareSources.At(node));
            }
        }
    }

    static IEnumerable<ISymbol?> Symbols(SyntaxNode node, SemanticModel model)
    {
        if (node is ExpressionSyntax expression)
        {
            yield return model.GetSymbolInfo(expression).Symbol;
            yield return model.GetConversion(expression).MethodSymbol;
        }
        if (node is ConstructorInitializerSyntax or AttributeSyntax)
            yield return model.GetSymbolInfo(node).Symbol;
        if (node is ForEachStatementSyntax loop)
        {
            var info = model.GetForEachStatementInfo(loop);
            yield return info.GetEnumeratorMethod;
            yield return info.MoveNextMethod;
            yield return info.CurrentProperty;
        }
    }
}
