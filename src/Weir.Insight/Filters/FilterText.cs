using System.Text.RegularExpressions;

namespace Weir.Insight.Filters;

/// <summary>A condition in dbt's form: SQL in which dimensions are named in braces.</summary>
/// <param name="Parts">The text between the names, and the names.</param>
internal sealed partial record FilterText(IReadOnlyList<FilterPart> Parts)
{
    /// <summary>Reads a condition.</summary>
    /// <param name="text">As it is written: <c>{{ Dimension('customer__country') }} = 'DE'</c>.</param>
    /// <param name="wrong">What is wrong with it; null: nothing.</param>
    public static FilterText? Read(string text, out string? wrong)
    {
        var (parts, at) = (new List<FilterPart>(), 0);
        foreach (Match match in Braces().Matches(text))
        {
            parts.Add(new FilterPart(text[at..match.Index], null));
            var call = Call().Match(match.Groups[1].Value);
            if (!call.Success)
            {
                wrong = $"'{match.Value}' is not understood. In braces stands {{{{ Dimension('entity__name') }}}}, {{{{ TimeDimension('metric_time', 'day') }}}} or {{{{ Entity('name') }}}}.";
                return null;
            }
            var (function, name, given) = (call.Groups["f"].Value, call.Groups["name"].Value, call.Groups["grain"].Value);
            if (function == "Metric")
            {
                wrong = "'Metric(…)' in a filter is dbt's, but Weir does not compile it. Put the condition into the model.";
                return null;
            }
            if (given.Length > 0 && Grains.Find(given) is null)
            {
                wrong = $"'{given}' is no grain; allowed: {string.Join(", ", Grains.Names)}.";
                return null;
            }
            parts.Add(new FilterPart("", new FilterName(name, given.Length == 0 ? null : Grains.Find(given), function == "Entity")));
            at = match.Index + match.Length;
        }
        var rest = text[at..];
        wrong = rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) ? $"the braces of '{text}' do not match, or hold a statement." : null;
        if (wrong is null && text.Trim().Length == 0) wrong = "it is empty.";
        parts.Add(new FilterPart(rest, null));
        return wrong is null ? new FilterText(parts) : null;
    }

    /// <summary>The names in it.</summary>
    public IEnumerable<FilterName> Names => Parts.Select(p => p.Name).OfType<FilterName>();

    /// <summary>As SQL, each name by its column.</summary>
    public string Sql(Func<FilterName, string> column) => string.Concat(Parts.Select(p => p.Name is { } name ? column(name) : p.Text)).Trim();

    [GeneratedRegex(@"\{\{(.*?)\}\}", RegexOptions.Singleline)]
    private static partial Regex Braces();

    // Dimension('a__b'), Dimension('a__b').grain('day'), TimeDimension('a__b', 'day'), Entity('a')
    [GeneratedRegex(@"^\s*(?<f>Dimension|TimeDimension|Entity|Metric)\(\s*(['""])(?<name>[A-Za-z_]\w*)\1(?:\s*,\s*(?:time_granularity_name\s*=\s*)?(['""])(?<grain>\w+)\2)?\s*,?\s*\)(?:\s*\.\s*grain\(\s*(['""])(?<grain>\w+)\3\s*\))?\s*$|^\s*(?<f>Metric)\(")]
    private static partial Regex Call();
}

/// <param name="Text">SQL; empty where a name stands.</param>
/// <param name="Name">The name; null where SQL stands.</param>
internal sealed record FilterPart(string Text, FilterName? Name);

/// <param name="Name">As it is written: <c>customer__country</c>.</param>
/// <param name="Grain">The grain of a time that is named with one.</param>
/// <param name="IsEntity">Whether it is the entity itself.</param>
internal sealed record FilterName(string Name, Grain? Grain, bool IsEntity);
