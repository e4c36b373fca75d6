using System.Numerics;
using System.Text.RegularExpressions;

namespace Weir.Models.Jinja;

/// <summary>Python's format specification: <c>[[fill]align][sign][#][0][width][,][.precision][type]</c>.</summary>
internal sealed partial class FormatSpec
{
    private readonly string _fill;
    private readonly char _align;
    private readonly char _sign;
    private readonly bool _isAlternate;
    private readonly int _width;
    private readonly string _grouping;
    private readonly int? _precision;
    private readonly char _type;

    private FormatSpec(Match match)
    {
        var zero = match.Groups["zero"].Success;
        _fill = match.Groups["fill"].Value is { Length: > 0 } fill ? fill : zero ? "0" : " ";
        _align = match.Groups["align"].Value is { Length: > 0 } align ? align[0] : zero ? '=' : '\0';
        _sign = match.Groups["sign"].Value is { Length: > 0 } sign ? sign[0] : '-';
        _isAlternate = match.Groups["alternate"].Success;
        _width = match.Groups["width"].Value is { Length: > 0 } width ? int.Parse(width, null) : 0;
        _grouping = match.Groups["grouping"].Value;
        _precision = match.Groups["precision"].Value is { Length: > 0 } precision ? int.Parse(precision, null) : null;
        _type = match.Groups["type"].Value is { Length: > 0 } type ? type[0] : '\0';
    }

    public static string Format(object? value, string specification)
    {
        if (specification.Length == 0)
            return Str.Of(value);
        var match = Pattern().Match(specification);
        if (!match.Success)
            throw new JinjaException(JinjaErrorKind.Value, $"Invalid format specifier '{specification}' for object of type '{TypeNames.Of(value)}'");
        var spec = new FormatSpec(match);
        return spec._type is 's' || (spec._type == '\0' && (!Numbers.IsNumber(value) || value is bool)) ? spec.FormatText(value) : spec.FormatNumber(value);
    }

    private string FormatText(object? value)
    {
        if (Numbers.IsNumber(value) && value is not bool)
            throw Unknown(value);
        var text = Str.Of(value);
        if (_precision is { } most && CodePoints.Count(text) > most)
            text = CodePoints.Pick(text, Enumerable.Range(0, most));
        return Pad("", text, '<');
    }

    private string FormatNumber(object? value)
    {
        if (!Numbers.IsNumber(value))
            throw Unknown(value);
        var digits = NumberText.Of(value!, _type, _precision, _isAlternate) ?? throw Unknown(value);
        var isNegative = digits.StartsWith('-');
        if (isNegative)
            digits = digits[1..];
        if (_grouping.Length > 0)
            digits = Grouped(digits);
        return Pad(isNegative ? "-" : _sign == '-' ? "" : _sign.ToString(), digits, '>');
    }

    private string Grouped(string digits)
    {
        var end = digits.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (end < 0)
            end = digits.Length;
        for (var at = end - 3; at > 0; at -= 3)
            digits = digits.Insert(at, _grouping);
        return digits;
    }

    private string Pad(string sign, string text, char standard) => (_align == '\0' ? standard : _align) switch
    {
        '<' => Padding.Left(sign + text, _width, _fill),
        '>' => Padding.Right(sign + text, _width, _fill),
        '=' => sign + Padding.Right(text, _width - sign.Length, _fill),
        _ => Centered(sign + text),
    };

    private string Centered(string text)
    {
        var left = Math.Max(0, _width - CodePoints.Count(text)) / 2;
        return Padding.Left(Padding.Right(text, CodePoints.Count(text) + left, _fill), _width, _fill);
    }

    private JinjaException Unknown(object? value) =>
        new(JinjaErrorKind.Value, $"Unknown format code '{_type}' for object of type '{TypeNames.Of(value)}'");

    [GeneratedRegex(@"^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>[0-9]{1,6})?(?<grouping>[,_])?(?:\.(?<precision>[0-9]{1,4}))?(?<type>[a-zA-Z%])?$", RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
