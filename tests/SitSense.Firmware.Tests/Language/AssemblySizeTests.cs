using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SitSense.Firmware.Tests.Language;

/// <summary>A nanoFramework assembly finds its methods by 16 bits: one with more byte code is refused by the metadata processor ("Byte code table overflow").</summary>
public class AssemblySizeTests(ITestOutputHelper output)
{
    /// <summary>Where nanoFramework's byte code begins to be too much, bytes.</summary>
    const int Most = ushort.MaxValue;

    /// <summary>How much more the metadata processor came to (65,188 where this counts 65,048), and a little.</summary>
    const int Unseen = 250;

    // A clause of exception handling is 8 bytes there, with one more to count them.
    const int ClauseBytes = 8;

    static readonly Dictionary<short, OpCode> codes = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    [Theory]
    [InlineData("SitSense.Firmware")]
    [InlineData("SitSense.Upkeep")]
    public void A_program_fits_into_one_assembly_though_nothing_is_optimised(string program)
    {
        using var dll = new MemoryStream();
        using var pdb = new MemoryStream();
        var result = FirmwareSources.Compile(program).Emit(dll, pdb);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        dll.Position = 0;
        using var assembly = new PEReader(dll);
        var metadata = assembly.GetMetadataReader();
        var bytes = metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0)
            .Sum(method => OnTheBoard(assembly.GetMethodBody(method.RelativeVirtualAddress)));
        output.WriteLine($"{bytes} of {Most} bytes");
        Assert.True(bytes + Unseen <= Most, $"{bytes} bytes of byte code: {bytes + Unseen - Most} too many");
    }

    // Tokens and far branches have 2 bytes there instead of 4.
    static int OnTheBoard(MethodBodyBlock body)
    {
        var code = body.GetILReader();
        var bytes = body.ExceptionRegions.Length == 0 ? 0 : ClauseBytes * body.ExceptionRegions.Length + 1;
        while (code.RemainingBytes > 0)
        {
            var first = code.ReadByte();
            var op = codes[first == 0xFE ? (short)(0xFE00 | code.ReadByte()) : first];
            var operand = Operand(op, ref code, out var onTheBoard);
            code.Offset += operand;
            bytes += op.Size + onTheBoard;
        }
        return bytes;
    }

    static int Operand(OpCode op, ref BlobReader code, out int onTheBoard)
    {
        switch (op.OperandType)
        {
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineString or OperandType.InlineTok or OperandType.InlineType or OperandType.InlineBrTarget:
                onTheBoard = 2;
                return 4;
            case OperandType.InlineSwitch:
                var targets = code.ReadInt32();
                onTheBoard = 1 + 2 * targets;
                return 4 * targets;
            default:
                return onTheBoard = op.OperandType switch
                {
                    OperandType.InlineNone => 0,
                    OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                    OperandType.InlineVar => 2,
                    OperandType.InlineI8 or OperandType.InlineR => 8,
                    _ => 4,
                };
        }
    }
}
