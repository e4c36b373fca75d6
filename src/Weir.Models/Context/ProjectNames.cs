using Weir.Models.Project;

namespace Weir.Models.Context;

/// <summary>What <c>ref()</c> and <c>source()</c> may name, known before any template runs, so that a mistake is found where it stands.</summary>
internal sealed class ProjectNames(IReadOnlySet<string> packages, IReadOnlySet<Reference> refs, IReadOnlySet<(string Package, string Source, string Table)> sources)
{
    private readonly HashSet<string> names = [.. refs.Select(known => known.Name)];

    /// <summary>The names of all models, seeds and snapshots.</summary>
    public IReadOnlySet<string> All => names;

    public void CheckRef(string? package, string name)
    {
        if (package is not null && !packages.Contains(package))
            throw Refuse.With("WEIR7007", $"ref('{package}', '{name}'): there is no project or package '{package}'.{Suggest.Near(package, packages)} Packages lie under packages-install-path.");
        if (package is not null && !refs.Contains(new Reference(package, name)))
            throw Refuse.With("WEIR7007", $"ref('{package}', '{name}'): '{package}' has no model, seed or snapshot of that name.{Suggest.Near(name, refs.Where(known => known.Package == package).Select(known => known.Name))}");
        if (!names.Contains(name))
            throw Refuse.With("WEIR7007", $"ref('{name}'): there is no model or seed of that name.{Suggest.Near(name, names)}");
    }

    public void CheckSource(string package, string source, string table)
    {
        if (sources.Contains((package, source, table)) || sources.Any(known => known.Source == source && known.Table == table))
            return;
        var near = Suggest.Near($"{source}.{table}", sources.Select(known => $"{known.Source}.{known.Table}"));
        throw Refuse.With("WEIR7008", $"source('{source}', '{table}'): no schema.yml declares that table.{near} Declare it: `sources: [{{name: {source}, tables: [{{name: {table}}}]}}]`.");
    }
}
