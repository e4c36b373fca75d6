using System.Text;
using Weir.DuckDb;

namespace Weir.Land.Fast.Reading;

/// <summary>The platform of a Segment message, which no SDK says outright; <see cref="Evaluate.SegmentContext"/> has the rule.</summary>
internal static unsafe class FastPlatform
{
    private static readonly byte[][] Apples = [[.. "ios"u8], [.. "iphone"u8], [.. "ipad"u8], [.. "swift"u8]];
    private static readonly byte[][] Androids = [[.. "android"u8], [.. "kotlin"u8]];
    private static readonly byte[][] Scripts = [[.. ".js"u8]];

    public static TextCell Of(FastEvent sent, TextCell deviceType, TextCell osName, TextCell library)
    {
        Span<TextCell> names = [deviceType, osName, library];
        foreach (ref var name in names)
        {
            if (Has(sent, ref name, Apples)) return sent.Block.Memory.Add("ios"u8);
            if (Has(sent, ref name, Androids)) return sent.Block.Memory.Add("android"u8);
        }
        if (Has(sent, ref library, Scripts)) return sent.Block.Memory.Add("web"u8);
        return library.IsNull ? TextCell.Null : sent.Block.Memory.Add("server"u8);
    }

    private static bool Has(FastEvent sent, ref TextCell text, byte[][] parts)
    {
        if (text.IsNull) return false;
        fixed (TextCell* cell = &text)
        {
            var bytes = TextCell.Bytes(cell);
            if (!Ascii.IsValid(bytes)) sent.Doubt(); // letters beyond ASCII have cases of their own
            foreach (var part in parts)
                for (var i = 0; i + part.Length <= bytes.Length; i++)
                    if (Ascii.EqualsIgnoreCase(bytes.Slice(i, part.Length), part)) return true;
        }
        return false;
    }
}
