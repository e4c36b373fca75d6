using System.Text;

namespace Weir.Models.Jinja;

/// <summary><c>"{} {0} {name.attr[key]!r:>5}".format(…)</c>, with attributes as the sandbox allows them.</summary>
internal static class BraceFormat
{
    public static string Of(string format, Arguments arguments)
    {
        var automatic = 0;
        return Fill(format, arguments, ref automatic, depth: 2);
    }

    private static string Fill(string format, Arguments arguments, ref int automatic, int depth)
    {
        if (depth < 0)
            throw new JinjaException(JinjaErrorKind.Value, "Max string recursion exceeded");
        var result = new StringBuilder();
        for (var at = 0; at < format.Length; at++)
        {
            var character = format[at];
            if (character is '{' or '}' && at + 1 < format.Length && format[at + 1] == character)
            {
                result.Append(character);
                at++;
            }
            else if (character == '}')
                throw new JinjaException(JinjaErrorKind.Value, "Single '}' encountered in format string");
            else if (character == '{')
            {
                var end = FindEnd(format, at + 1);
                result.Append(Field(format[(at + 1)..end], arguments, ref automatic, depth));
                at = end;
            }
            else
                result.Append(character);
        }
        return result.ToString();
    }

    private static int FindEnd(string format, int at)
    {
        for (var open = 1; at < format.Length; at++)
        {
            open += format[at] == '{' ? 1 : format[at] == '}' ? -1 : 0;
            if (open == 0)
                return at;
        }
        throw new JinjaException(JinjaErrorKind.Value, "expected '}' before end of string");
    }

    private static string Field(string field, Arguments arguments, ref int automatic, int depth)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        var specification = colon < 0 ? "" : field[(colon + 1)..];
        var path = colon < 0 ? field : field[..colon];
        var mark = path.IndexOf('!', StringComparison.Ordinal);
        var conversion = mark < 0 ? "" : path[(mark + 1)..];
        var value = Lookup(mark < 0 ? path : path[..mark], arguments, ref automatic);
        value = conversion switch { "" => value, "s" => Str.Of(value), "r" or "a" => Repr.Of(value), _ => throw new JinjaException(JinjaErrorKind.Value, $"Unknown conversion specifier {conversion}") };
        return FormatSpec.Format(value, Fill(specification, arguments, ref automatic, depth - 1));
    }

    private static object? Lookup(string path, Arguments arguments, ref int automatic)
    {
        var end = path.AsSpan().IndexOfAny('.', '[');
        var name = end < 0 ? path : path[..end];
        object? value;
        if (name.Length == 0 || name.All(char.IsAsciiDigit))
        {
            var place = name.Length == 0 ? automatic++ : int.Parse(name, null);
            value = place < arguments.Positional.Count ? arguments.Positional[place]
                : throw new JinjaException(JinjaErrorKind.Index, $"Replacement index {place} out of range for positional args tuple");
        }
        else if (!arguments.Named.TryGetValue(name, out value))
            throw new JinjaException(JinjaErrorKind.Key, Repr.Of(name));
        for (var rest = end < 0 ? "" : path[end..]; rest.Length > 0;)
            value = Step(value, ref rest);
        return value;
    }

    private static object? Step(object? value, ref string rest)
    {
        var isItem = rest[0] == '[';
        var end = isItem ? rest.IndexOf(']', StringComparison.Ordinal) : rest.AsSpan(1).IndexOfAny('.', '[') + 1;
        if (end <= 0)
            end = isItem ? throw new JinjaException(JinjaErrorKind.Value, "expected '}' before end of string") : rest.Length;
        var key = rest[1..end];
        rest = rest[(isItem ? end + 1 : end)..];
        if (!isItem)
            return Access.Attribute(value, key);
        return Access.Item(value, Numbers.TryParseInteger(key, 10, out var index) ? index : key);
    }
}
