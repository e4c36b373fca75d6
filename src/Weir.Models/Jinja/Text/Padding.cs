namespace Weir.Models.Jinja;

/// <summary>Fills text to a width counted in code points.</summary>
internal static class Padding
{
    public static string Left(string text, int width, string fill) => text + Fill(width - CodePoints.Count(text), fill);

    public static string Right(string text, int width, string fill) => Fill(width - CodePoints.Count(text), fill) + text;

    /// <summary>An odd rest goes where Python puts it.</summary>
    public static string Center(string text, int width, string fill)
    {
        var room = Math.Max(0, width - CodePoints.Count(text));
        var left = (room / 2) + (room & width & 1);
        return Fill(left, fill) + text + Fill(room - left, fill);
    }

    public static string Zeros(string text, int width)
    {
        var sign = text.Length > 0 && text[0] is '+' or '-' ? text[..1] : "";
        return sign + Right(text[sign.Length..], width - sign.Length, "0");
    }

    private static string Fill(int count, string fill)
    {
        if (CodePoints.Count(fill) != 1)
            throw new JinjaException(JinjaErrorKind.Type, "The fill character must be exactly one character long");
        return string.Concat(Enumerable.Repeat(fill, Math.Max(0, count)));
    }
}
