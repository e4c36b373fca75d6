using System.Globalization;
using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary><c>modules.datetime</c>: <c>datetime</c>, <c>date</c>, <c>timedelta</c>.</summary>
internal sealed class DateTimeModule(TimeProvider clock) : IJinjaObject
{
    public string TypeName => "datetime";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "datetime" => new Class("datetime", Moment, new()
            {
                ["now"] = _ => new PythonTime(clock.GetUtcNow().UtcDateTime, IsDate: false),
                ["utcnow"] = _ => new PythonTime(clock.GetUtcNow().UtcDateTime, IsDate: false),
                ["today"] = _ => new PythonTime(clock.GetUtcNow().UtcDateTime, IsDate: false),
                ["strptime"] = arguments => new PythonTime(Strftime.Parse(arguments.GetText(0, "date_string"), arguments.GetText(1, "format")), IsDate: false),
                ["fromisoformat"] = arguments => Iso(arguments.GetText(0, "date_string"), isDate: false),
            }),
            "date" => new Class("date", arguments => Moment(arguments) with { IsDate = true }, new()
            {
                ["today"] = _ => new PythonTime(clock.GetUtcNow().UtcDateTime.Date, IsDate: true),
                ["fromisoformat"] = arguments => Iso(arguments.GetText(0, "date_string"), isDate: true),
            }),
            "timedelta" => new Function("timedelta", Span),
            _ => new RefusedName("modules.datetime." + name),
        };
        return true;
    }

    private static PythonTime Moment(Arguments arguments)
    {
        int Part(int place, string name, int fallback) => arguments.GetInt(place, name, fallback);
        try
        {
            var whole = new DateTime(Part(0, "year", 0), Part(1, "month", 0), Part(2, "day", 0), Part(3, "hour", 0), Part(4, "minute", 0), Part(5, "second", 0), DateTimeKind.Unspecified);
            return new PythonTime(whole.AddTicks(Part(6, "microsecond", 0) * TimeSpan.TicksPerMicrosecond), IsDate: false);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new JinjaException(JinjaErrorKind.Value, $"{string.Join('-', arguments.Positional.Take(3))} is no date");
        }
    }

    private static PythonTime Iso(string text, bool isDate) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? new PythonTime(isDate ? time.Date : time, isDate)
            : throw new JinjaException(JinjaErrorKind.Value, $"Invalid isoformat string: '{text}'");

    private static PythonSpan Span(Arguments arguments)
    {
        string[] names = ["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"];
        double[] seconds = [86400, 1, 1e-6, 1e-3, 60, 3600, 604800];
        arguments.Limit("timedelta", names.Length, names);
        var total = names.Select((name, place) => arguments.TryGet(place, name, out var value) && value is not null ? Numbers.ToDouble(value) * seconds[place] : 0).Sum();
        return new PythonSpan(TimeSpan.FromSeconds(total));
    }

    private sealed class Class(string name, Func<Arguments, object?> create, Dictionary<string, Func<Arguments, object?>> methods) : IJinjaObject, IJinjaCallable
    {
        public string TypeName => "type";

        public object? Call(Arguments arguments) => create(arguments);

        public bool TryGetAttribute(string attribute, out object? value)
        {
            value = methods.TryGetValue(attribute, out var method) ? new Function(attribute, method) : new RefusedName($"modules.datetime.{name}.{attribute}");
            return true;
        }
    }
}
