using System.Reflection;

namespace SitSense.Testing;

/// <summary>What an object and all that it holds take on the device.</summary>
public static class DeviceMemory
{
    /// <summary>A heap block of the nanoFramework interpreter on a 32-bit chip, bytes: an object takes one for itself and one a field, whatever the field's type.</summary>
    const int BlockBytes = 12;

    /// <summary>The bytes of the values alone, and of the blocks in which the interpreter keeps them. Static and constant fields are no state.</summary>
    public static (int Values, int Blocks) Of(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        return Sum(root, seen);
    }

    static (int Values, int Blocks) Sum(object? one, HashSet<object> seen)
    {
        if (one is null || !seen.Add(one))
            return (0, 0);
        if (one is Array array)
        {
            var bytes = array.Length * Size(array.GetType().GetElementType()!);
            var held = array.GetType().GetElementType()!.IsPrimitive ? [] : array.Cast<object?>();
            return held.Select(element => Sum(element, seen)).Aggregate((bytes, BlockBytes + (bytes + BlockBytes - 1) / BlockBytes * BlockBytes), Add);
        }
        var sum = (0, BlockBytes);
        for (var type = one.GetType(); type is not null; type = type.BaseType)
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                sum = Add(sum, (Size(field.FieldType), BlockBytes));
                if (!field.FieldType.IsValueType)
                    sum = Add(sum, Sum(field.GetValue(one), seen));
            }
        return sum;
    }

    static (int, int) Add((int Values, int Blocks) a, (int Values, int Blocks) b) => (a.Values + b.Values, a.Blocks + b.Blocks);

    static int Size(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => sizeof(int),
        TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => sizeof(byte),
        TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Char => sizeof(short),
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => sizeof(int),
        TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double => sizeof(long),
        _ when !type.IsValueType => sizeof(int), // a reference
        _ => throw new NotSupportedException($"{type} is no type of the detectors' state"),
    };
}
