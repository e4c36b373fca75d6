namespace Weir.Models.Jinja;

/// <summary>Filters that arrange text in lines and columns.</summary>
internal static class LayoutFilters
{
    public static readonly Dictionary<string, Filter> All = new()
    {
        ["center"] = (value, arguments, _) => Padding.Center(Str.Of(value), arguments.GetInt(0, "width", 80), " "),
        ["indent"] = (value, arguments, _) => Indent(Str.Of(value), arguments),
        ["wordwrap"] = (value, arguments, _) => WordWrap(Str.Of(value), arguments),
        ["filesizeformat"] = FileSize,
    };

    private static string Indent(string text, Arguments arguments)
    {
        var width = arguments.Get(0, "width", 4L);
        var indention = width as string ?? new string(' ', Math.Max(0, Numbers.ToIndex(width)));
        var first = arguments.GetBool(1, "first", false);
        var blank = arguments.GetBool(2, "blank", false);
        var lines = text.Split('\n');
        for (var index = 0; index < lines.Length; index++)
            if (index == 0 ? first : blank || lines[index].Length > 0)
                lines[index] = indention + lines[index];
        return string.Join('\n', lines);
    }

    private static string WordWrap(string text, Arguments arguments)
    {
        var width = arguments.GetInt(0, "width", 79);
        var breakLong = arguments.GetBool(1, "break_long_words", true);
        var separator = arguments.Get(2, "wrapstring") as string ?? "\n";
        return string.Join(separator, StringMethods.SplitLines(text).Select(line => string.Join(separator, Wrap(line, width, breakLong))));
    }

    private static IEnumerable<string> Wrap(string line, int width, bool breakLong)
    {
        if (width <= 0)
            throw new JinjaException(JinjaErrorKind.Value, $"invalid width {width} (must be > 0)");
        var current = "";
        foreach (var word in line.Split(' '))
        {
            var rest = word;
            if (current.Length > 0 && current.Length + 1 + rest.Length <= width)
            {
                current += " " + rest;
                continue;
            }
            if (current.Length > 0)
                yield return current;
            for (; breakLong && rest.Length > width; rest = rest[width..])
                yield return rest[..width];
            current = rest;
        }
        yield return current;
    }

    private static string FileSize(object? value, Arguments arguments, Frame frame)
    {
        var isBinary = arguments.GetBool(0, "binary", false);
        var bytes = value is string text && Numbers.TryParseFloat(text, out var parsed) ? parsed : Numbers.ToDouble(Arithmetic.Plus(value)!);
        var unit = isBinary ? 1024.0 : 1000.0;
        if (bytes == 1)
            return "1 Byte";
        if (bytes < unit)
            return $"{(long)bytes} Bytes";
        var size = unit;
        var prefixes = "kMGTPEZY";
        var index = 0;
        while (index < prefixes.Length - 1 && bytes >= size * unit)
        {
            size *= unit;
            index++;
        }
        var prefix = isBinary ? $"{char.ToUpperInvariant(prefixes[index])}i" : prefixes[index].ToString();
        return $"{FloatText.Fixed(bytes / size, 1)} {prefix}B";
    }
}
