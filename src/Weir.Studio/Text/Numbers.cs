using System.Globalization;

namespace Weir.Studio.Text;

/// <summary>How a figure is written. A space before a unit never breaks.</summary>
internal static class Numbers
{
    internal const string None = "–";
    internal const char Space = '\u00A0';
    internal const char Minus = '\u2212';

    private static readonly Dictionary<string, string> Symbols = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£", ["JPY"] = "¥", ["INR"] = "₹", ["PLN"] = "zł" + Space, ["CHF"] = "CHF" + Space,
    };

    /// <summary>Every digit: <c>41,208,377</c>.</summary>
    public static string Exact(long value) => Sign(value.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>In one glance: <c>€184.2 k</c>, <c>2,317</c>, <c>2.31 %</c>; a dash for what is not a number.</summary>
    public static Figure Short(double? value, FigureFormat format, string currency = "") => Write(value, format, currency, shorten: true);

    /// <summary>The full value, for a tooltip: <c>€184,203.18</c>.</summary>
    public static string Full(double? value, FigureFormat format, string currency = "") => Write(value, format, currency, shorten: false).ToString();

    /// <summary>A relative change with sign and one decimal: <c>+4.1 %</c>; a factor from tenfold on: <c>× 12</c>.</summary>
    public static string Change(double fraction) => fraction >= 9
        ? $"×{Space}{Trim(1 + fraction, 0)}"
        : Signed(fraction * 100, 1, "%");

    /// <summary>A change of a share, in percentage points: <c>−0.4 pt</c>.</summary>
    public static string Points(double difference) => Signed(difference * 100, 1, "pt");

    /// <summary>A share: <c>81.9 %</c>; what is neither none nor all is never written as 0 or 100.</summary>
    public static string Share(double part, double whole)
    {
        if (whole == 0) return None;
        var percent = part / whole * 100;
        if (percent > 0 && percent < 0.05) return $"<{Space}0.1{Space}%";
        if (percent < 100 && percent >= 99.95) return $">{Space}99.9{Space}%";
        return $"{Trim(percent, 1)}{Space}%";
    }

    /// <summary>How a currency is written before a number.</summary>
    public static string Symbol(string currency) => Symbols.GetValueOrDefault(currency, currency.Length == 0 ? "" : currency + Space);

    private static Figure Write(double? value, FigureFormat format, string currency, bool shorten)
    {
        if (value is not { } number || !double.IsFinite(number)) return new Figure(None, "");
        if (format == FigureFormat.Percent) return new Figure(Trim(number * 100, Math.Abs(number) >= 0.1 || !shorten ? 1 + (shorten ? 0 : 2) : 2), Space + "%");
        var symbol = format == FigureFormat.Money ? Symbol(currency) : "";
        var sign = number < 0 ? Minus.ToString() : "";
        var (size, unit) = shorten ? Scale(Math.Abs(number)) : (Math.Abs(number), "");
        var decimals = unit.Length > 0 ? 1 : format switch
        {
            FigureFormat.Money => shorten && size >= 1000 ? 0 : 2,
            FigureFormat.Count => 0,
            _ => size == Math.Floor(size) ? 0 : size >= 100 ? 1 : 2,
        };
        return new Figure(sign + symbol + size.ToString("N" + decimals, CultureInfo.InvariantCulture), unit.Length > 0 ? Space + unit : "");
    }

    // The limits lie where rounding would write a thousand of the smaller unit (999.96 k is 1.0 M).
    private static (double Size, string Unit) Scale(double size) => size switch
    {
        >= 999.95e6 => (size / 1e9, "bn"),
        >= 999.95e3 => (size / 1e6, "M"),
        >= 10_000 => (size / 1e3, "k"),
        _ => (size, ""),
    };

    private static string Signed(double value, int decimals, string unit)
    {
        var text = Trim(Math.Abs(value), decimals);
        var isZero = text.All(c => c is '0' or '.');
        return (isZero ? "±" : value < 0 ? Minus.ToString() : "+") + text + Space + unit;
    }

    private static string Trim(double value, int decimals) => Sign(value.ToString("N" + decimals, CultureInfo.InvariantCulture));

    private static string Sign(string text) => text.Replace('-', Minus);
}

/// <summary>A written value and its unit, which is drawn lighter.</summary>
public readonly record struct Figure(string Value, string Unit)
{
    public override string ToString() => Value + Unit;
}

/// <summary>What kind of figure a column holds.</summary>
internal enum FigureFormat { Number, Count, Money, Percent }
