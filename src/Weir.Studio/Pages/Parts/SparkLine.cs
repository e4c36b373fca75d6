using System.Globalization;
using System.Text;

namespace Weir.Studio.Pages.Parts;

/// <summary>A sparkline's geometry: a path with a gap where there is no value, and where its last point lies.</summary>
internal static class SparkLine
{
    public const int Width = 104;
    public const int Height = 32;
    private const double Margin = 4;

    public static (string Path, (string X, string Y)? End) Draw(IReadOnlyList<double?> values)
    {
        var known = values.Where(v => v is not null).Select(v => v!.Value).ToList();
        if (known.Count < 2) return ("", null);
        var (low, high) = (known.Min(), known.Max());
        var path = new StringBuilder();
        var isPen = false;
        (string, string)? end = null;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
            {
                isPen = false;
                continue;
            }

            var x = Text(Margin + i * (Width - 2 * Margin) / (values.Count - 1));
            // A flat line lies in the middle.
            var y = Text(high == low ? Height / 2.0 : Height - Margin - (value - low) / (high - low) * (Height - 2 * Margin));
            path.Append(isPen ? 'L' : 'M').Append(x).Append(' ').Append(y);
            isPen = true;
            end = (x, y);
        }

        return (path.ToString(), end);
    }

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
