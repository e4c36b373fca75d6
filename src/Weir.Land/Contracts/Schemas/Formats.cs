using System.Text.RegularExpressions;

namespace Weir.Land.Contracts.Schemas;

/// <summary>The formats that are checked, each as the standard that JSON Schema names has it.</summary>
internal static partial class Formats
{
    public static IReadOnlyDictionary<string, Func<string, bool>> All { get; } = new SortedDictionary<string, Func<string, bool>>(StringComparer.Ordinal)
    {
        ["date"] = TimeFormats.IsDate,
        ["date-time"] = TimeFormats.IsDateTime,
        ["email"] = IsEmail,
        ["ipv4"] = IsIpv4,
        ["ipv6"] = IsIpv6,
        ["time"] = TimeFormats.IsTime,
        ["uri"] = text => UriPattern().IsMatch(text) && IsHostOfUri(text),
        ["uuid"] = text => UuidPattern().IsMatch(text),
    };

    /// <summary>RFC 5321, Mailbox: a dotted or quoted local part, then a host name or an address in brackets.</summary>
    private static bool IsEmail(string text)
    {
        var at = text.LastIndexOf('@');
        if (at is < 1 or > 64 || !LocalPattern().IsMatch(text[..at])) return false;
        var domain = text[(at + 1)..];
        if (domain is not ['[', .. var literal, ']']) return domain.Length <= 253 && HostPattern().IsMatch(domain);
        return literal.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? IsIpv6(literal[5..]) : IsIpv4(literal);
    }

    private static bool IsIpv4(string text) => Ipv4Pattern().IsMatch(text);

    /// <summary>RFC 4291: eight groups, of which one run of zeros may be <c>::</c>, and the last two may be an IPv4 address.</summary>
    private static bool IsIpv6(string text)
    {
        var halves = text.Split("::");
        if (halves.Length > 2) return false;
        var groups = 0;
        for (var i = 0; i < halves.Length; i++)
        {
            if (halves[i].Length == 0 && halves.Length == 2) continue;
            var parts = halves[i].Split(':');
            for (var j = 0; j < parts.Length; j++)
            {
                var isLast = i == halves.Length - 1 && j == parts.Length - 1;
                if (GroupPattern().IsMatch(parts[j])) groups++;
                else if (isLast && IsIpv4(parts[j])) groups += 2;
                else return false;
            }
        }
        return halves.Length == 2 ? groups <= 7 : groups == 8;
    }

    private static bool IsHostOfUri(string text)
    {
        var match = BracketPattern().Match(text);
        if (!match.Success) return true;
        var literal = match.Groups[1].Value;
        return IsIpv6(literal) || FuturePattern().IsMatch(literal);
    }

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private const string Unreserved = "[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2}";

    [GeneratedRegex(@"\A[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z", Linear)]
    private static partial Regex UuidPattern();

    [GeneratedRegex(@"\A(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}\z", Linear)]
    private static partial Regex Ipv4Pattern();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{1,4}\z", Linear)]
    private static partial Regex GroupPattern();

    [GeneratedRegex(@"\A([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*|""([ !#-\[\]-~]|\\[ -~])*"")\z", Linear)]
    private static partial Regex LocalPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z", Linear)]
    private static partial Regex HostPattern();

    /// <summary>RFC 3986, URI: a scheme, an authority or a path, a query, a fragment. What stands in brackets is looked at apart.</summary>
    [GeneratedRegex($@"\A[A-Za-z][A-Za-z0-9+.-]*:(//(({Unreserved}|:)*@)?(\[[^\]]*\]|({Unreserved})*)(:[0-9]*)?(/({Unreserved}|[:@])*)*|/?(({Unreserved}|[:@])+(/({Unreserved}|[:@])*)*)?)(\?({Unreserved}|[:@/?])*)?(#({Unreserved}|[:@/?])*)?\z", Linear)]
    private static partial Regex UriPattern();

    [GeneratedRegex(@"\A[^/]*//[^/?#]*\[([^\]]*)\]", Linear)]
    private static partial Regex BracketPattern();

    [GeneratedRegex($@"\A[vV][0-9A-Fa-f]+\.([A-Za-z0-9._~!$&'()*+,;=:-])+\z", Linear)]
    private static partial Regex FuturePattern();
}
