using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Weir.Models.Jinja;

/// <summary>Text with <c>%s %d %05.2f %(name)s</c> filled in.</summary>
internal static partial class PercentFormat
{
    public static string Of(string format, object? values)
    {
        var given = values is JinjaTuple tuple ? tuple : new JinjaTuple(values);
        var named = values as JinjaDict;
        var used = 0;
        var result = new StringBuilder();
        for (var at = 0; at < format.Length;)
        {
            if (format[at] != '%')
            {
                result.Append(format[at++]);
                continue;
            }
            var match = Conversion().Match(format, at);
            if (!match.Success)
                throw new JinjaException(JinjaErrorKind.Value, "incomplete format");
            at += match.Length;
            _ = match.Groups["type"].ValueSpan[0] == '%' ? result.Append('%') : result.Append(Convert(match, Next(match)));
        }
        if (used < given.Count && named is null)
            throw new JinjaException(JinjaErrorKind.Type, "not all arguments converted during string formatting");
        return result.ToString();

        object? Next(Match match)
        {
            if (match.Groups["name"].Success)
                return (named ?? throw new JinjaException(JinjaErrorKind.Type, "format requires a mapping")).TryGetValue(match.Groups["name"].Value, out var value)
                    ? value
                    : throw new JinjaException(JinjaErrorKind.Key, Repr.Of(match.Groups["name"].Value));
            return used < given.Count ? given[used++] : throw new JinjaException(JinjaErrorKind.Type, "not enough arguments for format string");
        }
    }

    private static string Convert(Match match, object? value)
    {
        var flags = match.Groups["flags"].Value;
        var width = match.Groups["width"].Value is { Length: > 0 } given ? int.Parse(given, null) : 0;
        int? precision = match.Groups["precision"].Success ? match.Groups["precision"].Value is { Length: > 0 } places ? int.Parse(places, null) : 0 : null;
        var type = match.Groups["type"].Value[0];
        if (!"diouxXeEfFgGcrsa".Contains(type))
            throw new JinjaException(JinjaErrorKind.Value, $"unsupported format character '{type}' at index {match.Groups["type"].Index}");
        var isText = type is 's' or 'r' or 'a' or 'c';
        var text = isText ? TextOf(type, value, precision) : NumberOf(type, value, precision, flags);
        if (flags.Contains('-'))
            return Padding.Left(text, width, " ");
        return flags.Contains('0') && !isText ? Padding.Zeros(text, width) : Padding.Right(text, width, " ");
    }

    private static string TextOf(char type, object? value, int? precision)
    {
        var text = type switch { 's' => Str.Of(value), 'c' when Numbers.IsInteger(value) => char.ConvertFromUtf32(Numbers.ToIndex(value)), 'c' => Str.Of(value), _ => Repr.Of(value) };
        return precision is { } most && CodePoints.Count(text) > most ? CodePoints.Pick(text, Enumerable.Range(0, most)) : text;
    }

    private static string NumberOf(char type, object? value, int? precision, string flags)
    {
        if (value is Undefined undefined)
            throw undefined.Fail();
        if (!Numbers.IsNumber(value))
            throw new JinjaException(JinjaErrorKind.Type, type is 'd' or 'i' or 'u' ? $"%{type} format: a real number is required, not {TypeNames.Of(value)}" : $"must be real number, not {TypeNames.Of(value)}");
        if (type is 'd' or 'i' or 'u')
            (type, value) = ('d', value is double or decimal ? Numbers.Shrink(new BigInteger(Numbers.ToDouble(value))) : value);
        var text = NumberText.Of(value!, type, precision, flags.Contains('#')) ?? throw new JinjaException(JinjaErrorKind.Type, $"%{type} format: an integer is required, not {TypeNames.Of(value)}");
        if (type == 'd' && precision is { } digits)
            text = Padding.Zeros(text, digits + (text.StartsWith('-') ? 1 : 0));
        return text.StartsWith('-') ? text : flags.Contains('+') ? "+" + text : flags.Contains(' ') ? " " + text : text;
    }

    [GeneratedRegex(@"\G%(?:\((?<name>[^)]*)\))?(?<flags>[-+ #0]*)(?<width>[0-9]{1,6})?(?:\.(?<precision>[0-9]{0,4}))?[hlL]?(?<type>.)", RegexOptions.Singleline)]
    private static partial Regex Conversion();
}
