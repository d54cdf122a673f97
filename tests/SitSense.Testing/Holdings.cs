using System.Collections;
using System.Reflection;

namespace SitSense.Testing;

/// <summary>Counts what an object holds: itself and all that can be reached from it through the types of one assembly's namespace, collections, arrays and texts.</summary>
public static class Holdings
{
    /// <summary>Objects, and the bytes of their arrays and texts.</summary>
    /// <param name="root">Where to begin.</param>
    /// <param name="space">The namespace whose types are looked into; what others hold is theirs.</param>
    public static (int Objects, long Bytes) Of(object root, string space)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<object?>([root]);
        long bytes = 0;
        while (waiting.TryPop(out var one))
        {
            if (one is null || one.GetType().IsPrimitive || !seen.Add(one))
                continue;
            switch (one)
            {
                case string text:
                    bytes += 2 * text.Length;
                    break;
                case Array array when array.GetType().GetElementType()!.IsPrimitive:
                    bytes += Buffer.ByteLength(array);
                    break;
                case IDictionary table:
                    foreach (DictionaryEntry entry in table)
                    {
                        waiting.Push(entry.Key);
                        waiting.Push(entry.Value);
                    }
                    break;
                case IEnumerable many:
                    foreach (var each in many)
                        waiting.Push(each);
                    break;
                default:
                    for (var type = one.GetType(); type?.Namespace?.StartsWith(space, StringComparison.Ordinal) == true; type = type.BaseType)
                        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                            if (!field.FieldType.IsPrimitive && !field.FieldType.IsEnum && !field.FieldType.IsPointer)
                                waiting.Push(field.GetValue(one));
                    break;
            }
        }
        return (seen.Count, bytes);
    }
}
