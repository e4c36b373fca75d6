using Weir.Models.Jinja;
using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>
/// With which variables of the project's files each incremental model was built: table <c>weir.vars</c>, which the publishing transaction writes. Its rows bear them, so another value is not
/// for the next rows only.
/// </summary>
internal sealed class RecordedVars
{
    /// <summary>Where they lie.</summary>
    public const string Definition = "create table if not exists weir.vars (model varchar, name varchar, value varchar);";

    private const string Table = "weir.vars";
    private readonly Dictionary<(string Model, string Name), string> values = [];

    public static RecordedVars Load(Warehouse warehouse)
    {
        var recorded = new RecordedVars();
        if (!warehouse.Relations().ContainsKey(Table))
            return recorded;
        foreach (var (model, name, value) in warehouse.Query("select model, name, value from weir.vars", row => (row.GetString(0), row.GetString(1), row.GetString(2))))
            recorded.values[(model, name)] = value;
        return recorded;
    }

    /// <summary>Before an incremental run: the variables that it uses are those of the rows that stay.</summary>
    /// <param name="used">The variables used; gets those that only an earlier run used.</param>
    /// <exception cref="WeirException">WEIR7060: one has another value.</exception>
    public void Check(Node node, VarsUsed used)
    {
        foreach (var (name, value) in used.Values)
        {
            if (values.TryGetValue((node.UniqueId, name), out var before) && before != value)
            {
                throw new WeirException("WEIR7060", $"the variable '{name}' is {value}, and the rows of {node.Name} were built with {before}: rows of both would lie beside each other. "
                    + $"Build it and what reads it with the new value: weir build --full-refresh. Or give '{name}' its old value. If it is a parameter of each run and no definition, take it out of 'vars' in dbt_project.yml and write var('{name}', <default>).");
            }
        }

        foreach (var ((model, name), value) in values.Where(pair => pair.Key.Model == node.UniqueId))
            used.Values.TryAdd(name, value);
    }

    /// <summary>Notes them, inside the publishing transaction.</summary>
    public static void Write(Warehouse warehouse, Node node, VarsUsed used)
    {
        warehouse.Execute("delete from weir.vars where model = ?", node.UniqueId);
        foreach (var (name, value) in used.Values)
            warehouse.Execute("insert into weir.vars values (?, ?, ?)", node.UniqueId, name, value);
    }

    /// <summary>Forgets all, because tables are about to change without a record.</summary>
    public static void Forget(Warehouse warehouse)
    {
        if (warehouse.Relations().ContainsKey(Table))
            warehouse.Execute("delete from weir.vars");
    }
}

/// <summary>The variables that a model's SQL was made with, as JSON.</summary>
internal sealed class VarsUsed
{
    public SortedDictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    public void Note(string name, object? value) => Values[name] = Json.Write(value);
}
