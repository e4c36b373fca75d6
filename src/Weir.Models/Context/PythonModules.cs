using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>dbt's <c>modules</c>: of Python's modules there is <c>modules.datetime.date(year, month, day)</c>; the rest is refused where it is used.</summary>
internal sealed class PythonModules : IJinjaObject
{
    public string TypeName => "modules";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "datetime" ? new Datetime() : new RefusedName("modules." + name);
        return true;
    }

    private sealed class Datetime : IJinjaObject
    {
        public string TypeName => "modules.datetime";

        public bool TryGetAttribute(string name, out object? value)
        {
            value = name == "date" ? new Function("date", Date) : new RefusedName("modules.datetime." + name);
            return true;
        }

        private static DateValue Date(Arguments arguments)
        {
            var (year, month, day) = (arguments.GetInt(0, "year", 0), arguments.GetInt(1, "month", 0), arguments.GetInt(2, "day", 0));
            return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
                ? new DateValue(new DateOnly(year, month, day))
                : throw new JinjaException(JinjaErrorKind.Value, $"{year}-{month}-{day} is no date");
        }
    }

    private sealed class DateValue(DateOnly date) : IJinjaObject
    {
        public string TypeName => "datetime.date";

        public override string ToString() => date.ToString("yyyy-MM-dd");

        public bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "year" => (long)date.Year,
                "month" => (long)date.Month,
                "day" => (long)date.Day,
                "isoformat" => new Function("isoformat", _ => ToString()),
                _ => new RefusedName("date." + name),
            };
            return true;
        }
    }
}
