namespace Weir.Insight.Compile;

/// <summary>The named steps of a query; what is computed twice stands there once.</summary>
internal sealed class Steps
{
    private readonly Dictionary<string, string> names = [];
    private readonly List<(string Name, string Sql)> all = [];

    /// <summary>Adds a step; its name, quoted.</summary>
    public string Add(string name, string sql)
    {
        if (names.TryGetValue(sql, out var known)) return known;
        var free = name;
        for (var i = 2; all.Exists(s => s.Name == free); i++) free = $"{name}_{i}";
        all.Add((free, sql));
        return names[sql] = Scope.Quote(free);
    }

    public string Sql => string.Join(",\n", all.Select((s, i) => $"{(i == 0 ? "with " : "")}{Scope.Quote(s.Name)} as (\n  {s.Sql}\n)"));
}
