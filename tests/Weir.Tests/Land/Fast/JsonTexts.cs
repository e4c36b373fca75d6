using System.Text;

namespace Weir.Tests.Land.Fast;

/// <summary>Objects of any shape, and what a fault makes of them.</summary>
internal static class JsonTexts
{
    private static readonly string[] Names = ["a", "b", "c", "a longer name than eight bytes", "", "événement", "page", "x1234567", "x12345678"];
    private static readonly string[] Strings = ["", "plain", "ü漢字😀", "\\\"", "\\\\", "\\\\\\\"", "\\u00e9", "\\ud83d\\ude00", "a\\/b", "\\n\\t", "{[:,]}", "\\u005c"];
    private static readonly string[] Scalars = ["0", "-0", "1", "-12.50", "1e5", "1E-7", "12345678901234567890", "true", "false", "null"];

    private static readonly byte[] Marks = [.. "\"\\{}[]:,0-.eE+tfn u\t\n\0"u8];

    public static byte[] Any(Random random)
    {
        var text = new StringBuilder();
        Object(random, text, 0);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>One or two bytes are changed, put in, taken out, or the text is cut or repeated.</summary>
    public static byte[] Change(Random random, byte[] text)
    {
        var changed = text.ToList();
        for (var times = random.Next(1, 3); times > 0 && changed.Count > 0; times--)
        {
            var at = random.Next(changed.Count);
            var value = random.Next(3) == 0 ? (byte)random.Next(256) : Marks[random.Next(Marks.Length)];
            switch (random.Next(5))
            {
                case 0: changed[at] = value; break;
                case 1: changed.Insert(at, value); break;
                case 2: changed.RemoveAt(at); break;
                case 3: changed.InsertRange(at, changed.GetRange(at, Math.Min(random.Next(1, 20), changed.Count - at))); break;
                case 4 when random.Next(4) == 0: changed.RemoveRange(at, changed.Count - at); break;
            }
        }
        return [.. changed];
    }

    private static void Object(Random random, StringBuilder text, int depth)
    {
        text.Append('{').Append(Blank(random));
        var names = Names.OrderBy(_ => random.Next()).Take(random.Next(0, 7)).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            if (i > 0) text.Append(',').Append(Blank(random));
            text.Append('"').Append(names[i]).Append('"').Append(Blank(random)).Append(':').Append(Blank(random));
            Value(random, text, depth + 1);
            text.Append(Blank(random));
        }
        text.Append('}');
    }

    private static void Value(Random random, StringBuilder text, int depth)
    {
        switch (random.Next(depth > 4 ? 2 : 4))
        {
            case 0: text.Append(Scalars[random.Next(Scalars.Length)]); break;
            case 1: text.Append('"').Append(string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Strings[random.Next(Strings.Length)]))).Append('"'); break;
            case 2: Object(random, text, depth); break;
            default:
                text.Append('[');
                for (var i = random.Next(4); i > 0; i--)
                {
                    Value(random, text, depth + 1);
                    if (i > 1) text.Append(',').Append(Blank(random));
                }
                text.Append(']');
                break;
        }
    }

    private static string Blank(Random random) => random.Next(8) == 0 ? " \t\r\n"[..random.Next(1, 5)] : "";
}
