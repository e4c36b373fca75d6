using System.Numerics;

namespace Weir.Models.Jinja;

/// <summary>What counts as true.</summary>
internal static class Truth
{
    public static bool Of(object? value) => value switch
    {
        null or Undefined => false,
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        decimal number => number != 0,
        BigInteger number => !number.IsZero,
        string text => text.Length > 0,
        NativeText text => text.Text.Length > 0,
        JinjaDict dict => dict.Count > 0,
        byte[] bytes => bytes.Length > 0,
        IReadOnlyCollection<object?> items => items.Count > 0,
        _ => true,
    };
}
