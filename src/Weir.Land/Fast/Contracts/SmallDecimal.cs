using System.Buffers.Text;
using System.Globalization;
using Weir.Land.Evaluate;

namespace Weir.Land.Fast.Contracts;

/// <summary>A decimal number of at most 18 digits, exact: <c>±digits / 10^scale</c>.</summary>
/// <param name="IsNegative">Below zero; zero is not.</param>
/// <param name="Digits">Its digits.</param>
/// <param name="Scale">How many of them stand after the point; negative: zeros that follow.</param>
internal readonly record struct SmallDecimal(bool IsNegative, ulong Digits, int Scale)
{
    private const int Most = 18;
    private const ulong Limit = 1_000_000_000_000_000_000;
    private const int LongestScale = 40;

    /// <summary>The longest text that <see cref="Write"/> makes.</summary>
    public const int LongestText = Most + LongestScale + 3;

    /// <summary>Whether it is whole.</summary>
    public bool IsWhole => Trimmed.Scale <= 0;

    /// <summary>The number; its scale is not more than 28, as that of what was read.</summary>
    public decimal Value => Scale >= 0 ? new decimal((int)Digits, (int)(Digits >> 32), 0, IsNegative, (byte)Scale) : throw new InvalidOperationException("Not as it was read.");

    /// <summary>The same number without zeros at the end of its digits.</summary>
    public SmallDecimal Trimmed
    {
        get
        {
            if (Digits == 0) return default;
            var (digits, scale) = (Digits, Scale);
            while (digits % 10 == 0) (digits, scale) = (digits / 10, scale - 1);
            return new(IsNegative, digits, scale);
        }
    }

    /// <summary>Reads <c>-?digits[.digits]</c>, with any zeros in front; false: it is anything else, or longer.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out SmallDecimal number)
    {
        number = default;
        var isNegative = text.Length > 0 && text[0] == '-';
        var rest = isNegative ? text[1..] : text;
        if (rest.Length is 0 or > Most + 1) return false;
        var (digits, point, scale) = (0UL, -1, 0);
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '.' && point < 0 && i > 0) point = i;
            else if (char.IsAsciiDigit((char)rest[i])) digits = digits * 10 + (uint)(rest[i] - '0');
            else return false;
        }
        if (point < 0 && rest.Length > Most) return false;
        if (point >= 0 && (scale = rest.Length - point - 1) == 0) return false;
        number = new(isNegative && digits > 0, digits, scale);
        return true;
    }

    /// <summary>A number of a contract; null: it has more digits, or an exponent.</summary>
    public static SmallDecimal? Of(ExactNumber number) =>
        number.Digits.Length > Most || Math.Abs(number.Scale) > Most ? null : number.Digits.Length == 0 ? default(SmallDecimal) : new(number.IsNegative, ulong.Parse(number.Digits, CultureInfo.InvariantCulture), number.Scale);

    /// <summary>The product; false: it has more digits.</summary>
    public bool TryMultiply(SmallDecimal by, out SmallDecimal product)
    {
        var (one, other) = (Trimmed, by.Trimmed);
        var (digits, scale) = ((UInt128)one.Digits * other.Digits, one.Scale + other.Scale);
        while (digits != 0 && digits % 10 == 0) (digits, scale) = (digits / 10, scale - 1);
        product = digits == 0 ? default : new(one.IsNegative != other.IsNegative, (ulong)digits, scale);
        return digits < Limit && Math.Abs(scale) <= LongestScale;
    }

    /// <summary>Writes it as <see cref="ExactNumber.ToPlainText"/> does: without an exponent, and without zeros that say nothing.</summary>
    /// <returns>How many bytes.</returns>
    public int Write(Span<byte> to)
    {
        var number = Trimmed;
        var at = 0;
        if (number.IsNegative) to[at++] = (byte)'-';
        Span<byte> digits = stackalloc byte[Most + 2];
        Utf8Formatter.TryFormat(number.Digits, digits, out var length);
        var whole = length - number.Scale; // digits before the point
        for (var i = Math.Min(0, whole - 1); i < Math.Max(whole, length); i++)
        {
            if (i == whole) to[at++] = (byte)'.';
            to[at++] = i >= 0 && i < length ? digits[i] : (byte)'0';
        }
        return at;
    }
}
