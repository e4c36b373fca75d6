using Weir.Models.Project;

namespace Weir.Models.Context;

/// <summary>What <c>ref()</c> and <c>source()</c> may name, known before any template runs, so that a mistake is found where it stands.</summary>
internal sealed record ProjectNames(string Project, IReadOnlySet<string> Refs, IReadOnlySet<(string Source, string Table)> Sources)
{
    public void CheckRef(string? package, string name)
    {
        if (package is not null && package != Project)
            throw Refuse.With("WEIR7007", $"ref('{package}', '{name}') names the package '{package}', and this project is '{Project}'. Packages are not supported yet.");
        if (!Refs.Contains(name))
            throw Refuse.With("WEIR7007", $"ref('{name}'): there is no model or seed of that name.{Suggest.Near(name, Refs)}");
    }

    public void CheckSource(string source, string table)
    {
        if (Sources.Contains((source, table)))
            return;
        var near = Suggest.Near($"{source}.{table}", Sources.Select(known => $"{known.Source}.{known.Table}"));
        throw Refuse.With("WEIR7008", $"source('{source}', '{table}'): no schema.yml declares that table.{near} Declare it: `sources: [{{name: {source}, tables: [{{name: {table}}}]}}]`.");
    }
}
