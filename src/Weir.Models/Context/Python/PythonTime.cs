using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>Python's <c>datetime</c> (in UTC, printed without a zone) or <c>date</c>.</summary>
internal sealed record PythonTime(DateTime Value, bool IsDate) : IJinjaObject, IJinjaArithmetic, IComparable
{
    public string TypeName => IsDate ? "datetime.date" : "datetime.datetime";

    public override string ToString() => Strftime.Format(Value, IsDate ? "%Y-%m-%d" : Value.Ticks % TimeSpan.TicksPerSecond == 0 ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d %H:%M:%S.%f");

    public int CompareTo(object? obj) => obj is PythonTime other ? Value.CompareTo(other.Value) : 1;

    public object? Combine(string sign, object? left, object? right) => (sign, left, right) switch
    {
        ("+", PythonTime time, PythonSpan span) => time.Moved(span.Value),
        ("+", PythonSpan span, PythonTime time) => time.Moved(span.Value),
        ("-", PythonTime time, PythonSpan span) => time.Moved(-span.Value),
        ("-", PythonTime a, PythonTime b) => new PythonSpan(a.Value - b.Value),
        _ => null,
    };

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "year" => (long)Value.Year,
            "month" => (long)Value.Month,
            "day" => (long)Value.Day,
            "hour" when !IsDate => (long)Value.Hour,
            "minute" when !IsDate => (long)Value.Minute,
            "second" when !IsDate => (long)Value.Second,
            "microsecond" when !IsDate => Value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond,
            "strftime" => new Function(name, arguments => Strftime.Format(Value, arguments.GetText(0, "format"))),
            "isoformat" => new Function(name, _ => ToString().Replace(' ', 'T')),
            "date" when !IsDate => new Function(name, _ => new PythonTime(Value.Date, IsDate: true)),
            "weekday" => new Function(name, _ => (((long)Value.DayOfWeek) + 6) % 7),
            "isoweekday" => new Function(name, _ => ((((long)Value.DayOfWeek) + 6) % 7) + 1),
            "timestamp" => new Function(name, _ => (Value - DateTime.UnixEpoch).TotalSeconds),
            "replace" => new Function(name, Replace),
            "astimezone" => new Function(name, _ => this),
            _ => new RefusedName($"{TypeName}.{name}"),
        };
        return true;
    }

    private PythonTime Replace(Arguments arguments)
    {
        int Part(string name, int now) => arguments.Named.TryGetValue(name, out var value) ? Numbers.ToIndex(value) : now;
        var micro = Part("microsecond", (int)(Value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond));
        var whole = new DateTime(Part("year", Value.Year), Part("month", Value.Month), Part("day", Value.Day), Part("hour", Value.Hour), Part("minute", Value.Minute), Part("second", Value.Second), DateTimeKind.Unspecified);
        return this with { Value = whole.AddTicks(micro * TimeSpan.TicksPerMicrosecond) };
    }

    private PythonTime Moved(TimeSpan by) => this with { Value = IsDate ? Value.AddDays(Math.Floor(by.TotalDays)) : Value + by };
}

/// <summary>Python's <c>timedelta</c>.</summary>
internal sealed record PythonSpan(TimeSpan Value) : IJinjaObject, IJinjaArithmetic, IComparable
{
    public string TypeName => "datetime.timedelta";

    public override string ToString()
    {
        var days = (long)Math.Floor(Value.TotalDays);
        var rest = Value - TimeSpan.FromDays(days);
        var time = $"{rest.Hours}:{rest.Minutes:00}:{rest.Seconds:00}{(rest.Ticks % TimeSpan.TicksPerSecond == 0 ? "" : $".{rest.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond:000000}")}";
        return days == 0 ? time : $"{days} day{(Math.Abs(days) == 1 ? "" : "s")}, {time}";
    }

    public int CompareTo(object? obj) => obj is PythonSpan other ? Value.CompareTo(other.Value) : 1;

    public object? Combine(string sign, object? left, object? right) => (sign, left, right) switch
    {
        ("+", PythonTime time, _) => time.Combine(sign, left, right),
        ("+", _, PythonTime time) => time.Combine(sign, left, right),
        ("+", PythonSpan a, PythonSpan b) => new PythonSpan(a.Value + b.Value),
        ("-", PythonSpan a, PythonSpan b) => new PythonSpan(a.Value - b.Value),
        ("*", PythonSpan a, long n) => new PythonSpan(a.Value * n),
        ("*", long n, PythonSpan a) => new PythonSpan(a.Value * n),
        _ => null,
    };

    public bool TryGetAttribute(string name, out object? value)
    {
        var days = (long)Math.Floor(Value.TotalDays);
        value = name switch
        {
            "days" => days,
            "seconds" => (long)(Value - TimeSpan.FromDays(days)).TotalSeconds,
            "total_seconds" => new Function(name, _ => Value.TotalSeconds),
            _ => new RefusedName($"timedelta.{name}"),
        };
        return true;
    }
}
