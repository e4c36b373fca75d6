using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Weir.Models.Jinja;

/// <summary>Filters for HTML and addresses. There is no autoescape, so escaped text is plain text.</summary>
internal static partial class MarkupFilters
{
    public static readonly Dictionary<string, Filter> All = new()
    {
        ["escape"] = (value, _, _) => Escape(Str.Of(value)),
        ["e"] = (value, _, _) => Escape(Str.Of(value)),
        ["forceescape"] = (value, _, _) => Escape(Str.Of(value)),
        ["safe"] = (value, _, _) => Str.Of(value),
        ["striptags"] = (value, _, _) => WebUtility.HtmlDecode(string.Join(' ', Tag().Replace(Str.Of(value), "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))),
        ["urlencode"] = UrlEncode,
        ["xmlattr"] = XmlAttributes,
    };

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal).Replace("\"", "&#34;", StringComparison.Ordinal);

    private static string UrlEncode(object? value, Arguments arguments, Frame frame)
    {
        if (value is string || Sequences.TryIterate(value) is null)
            return Quote(Str.Of(value), "/");
        var pairs = value is JinjaDict dict
            ? dict.Select(item => (item.Key, item.Value))
            : Sequences.Iterate(value).Select(pair => (Access.Item(pair, 0L), (object?)Access.Item(pair, 1L)));
        return string.Join('&', pairs.Select(pair => $"{QuotePlus(pair.Item1)}={QuotePlus(pair.Item2)}"));
    }

    /// <summary>In a query a space is a plus.</summary>
    private static string QuotePlus(object? value) => Quote(Str.Of(value), " ").Replace(' ', '+');

    private static string Quote(string text, string safe)
    {
        var result = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)value) || "_.-~".Contains((char)value) || safe.Contains((char)value))
                result.Append((char)value);
            else
                result.Append($"%{value:X2}");
        }
        return result.ToString();
    }

    private static string XmlAttributes(object? value, Arguments arguments, Frame frame)
    {
        var dict = value as JinjaDict ?? throw new JinjaException(JinjaErrorKind.Type, $"xmlattr needs a mapping, not {TypeNames.Of(value)}");
        var text = string.Join(' ', dict.Where(item => item.Value is not (null or Undefined)).Select(Attribute));
        return arguments.GetBool(0, "autospace", true) && text.Length > 0 ? " " + text : text;
    }

    private static string Attribute(KeyValuePair<object?, object?> item)
    {
        var key = Str.Of(item.Key);
        if (key.Any(character => char.IsWhiteSpace(character) || character is '/' or '>' or '='))
            throw new JinjaException(JinjaErrorKind.Value, $"Invalid character in attribute name: {Repr.Of(key)}");
        return $"{Escape(key)}=\"{Escape(Str.Of(item.Value))}\"";
    }

    [GeneratedRegex("<!--.*?-->|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tag();
}
