using Weir.DuckDb;

namespace Weir.Land.Rounds;

/// <summary>Values of entity columns into a staging table; the types are those of <see cref="Evaluate.EntityRow"/>.</summary>
internal static class EntityAppends
{
    public static void Append(DuckDBAppender to, object? value)
    {
        switch (value)
        {
            case null: to.AppendNullValue(); break;
            case string text: to.AppendValue(text); break;
            case int number: to.AppendValue(number); break;
            case long number: to.AppendValue(number); break;
            case double number: to.AppendValue(number); break;
            case decimal number: to.AppendValue(number); break;
            case bool flag: to.AppendValue(flag); break;
            case DateOnly day: to.AppendValue(day); break;
            case DateTime time: to.AppendValue(time); break;
            default: throw new ArgumentException($"An entity row holds a {value.GetType().Name}, which no column has.", nameof(value));
        }
    }
}
