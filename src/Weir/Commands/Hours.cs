using System.CommandLine.Parsing;
using System.Globalization;

namespace Weir.Commands;

/// <summary>A time on the command line that stands for the hour it begins.</summary>
internal static class Hours
{
    public static DateTimeOffset? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.UtcTicks % TimeSpan.TicksPerHour == 0) return time;
        result.AddError($"'{text}' is not an hour. Write it as 2026-03-01 or 2026-03-01T14:00, UTC.");
        return null;
    }
}
