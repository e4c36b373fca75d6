using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>One statement of <c>on-run-start</c> or <c>on-run-end</c>.</summary>
/// <param name="When"><c>on-run-start</c> or <c>on-run-end</c>.</param>
/// <param name="Statement">Its template, as written.</param>
/// <param name="File">The dbt_project.yml it stands in.</param>
internal sealed record RunHook(string Package, string When, int Index, YamlScalar Statement, string File)
{
    public string Name => $"{Package}-{When}-{Index}";

    /// <summary>As dbt names it in results: <c>operation.shop.shop-on-run-start-0</c>.</summary>
    public string UniqueId => $"operation.{Package}.{Name}";

    public static IEnumerable<RunHook> All(LoadedProject project) => Of(project, "on-run-start").Concat(Of(project, "on-run-end"));

    /// <summary>Those of packages first, then the project's own.</summary>
    public static IEnumerable<RunHook> Of(LoadedProject project, string when) => project.Packages.Skip(1).Append(project.Packages[0])
        .SelectMany(package => (when == "on-run-start" ? package.File.OnRunStart : package.File.OnRunEnd).Select((statement, index) => new RunHook(package.Name, when, index, statement, package.ShownFile)));
}
