using Weir.Insight;
using Weir.Models;

namespace Weir.Studio.Dashboards.Metrics;

/// <summary>The project's metrics, read again when a file of the project has changed: half a second's work for a large project, and asked for at each visit.</summary>
internal sealed class MetricSource(StudioOptions options)
{
    private readonly Lock gate = new();
    private (long Files, DateTime Newest, MetricCatalogue Catalogue)? known;

    /// <exception cref="WeirException">WEIR70xx: what is wrong with the project's files.</exception>
    public MetricCatalogue Read()
    {
        var (files, newest) = Fingerprint();
        lock (gate)
        {
            if (known is { } k && k.Files == files && k.Newest == newest) return k.Catalogue;
            var catalogue = MetricCatalogue.Load(ModelProject.Load(options.ProjectFolder, null, options.Environment));
            known = (files, newest, catalogue);
            return catalogue;
        }
    }

    private (long Files, DateTime Newest) Fingerprint()
    {
        var (files, newest) = (0L, DateTime.MinValue);
        if (!File.Exists(Path.Combine(options.ProjectFolder, "dbt_project.yml")))
            throw new WeirException("WEIR9022", $"Dashboards are drawn from metrics, and {options.ProjectFolder} has no dbt_project.yml and so no metrics. docs/guides/metrics.md says how they are declared.");
        foreach (var file in new DirectoryInfo(options.ProjectFolder).EnumerateFiles("*", Depth).Where(f => f.Extension is ".yml" or ".yaml" or ".sql" or ".md" or ".csv"))
        {
            files++;
            if (file.LastWriteTimeUtc > newest) newest = file.LastWriteTimeUtc;
        }
        return (files, newest);
    }

    // The data folder begins with a dot, and holds a million files.
    private static readonly EnumerationOptions Depth = new() { RecurseSubdirectories = true, MaxRecursionDepth = 8, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
}
