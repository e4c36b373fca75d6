using System.Xml.Linq;

namespace Weir.Tests.Architecture;

/// <summary>References go down only, and within a layer there are none (docs/architecture.md).</summary>
public class ArrowTests
{
    private static readonly string[][] Layers =
    [
        ["Weir.Core"],
        ["Weir.DuckDb", "Weir.Journal"],
        ["Weir.Lake"],
        ["Weir.Journal.Kafka", "Weir.Lake.S3", "Weir.Collect", "Weir.Connect", "Weir.Land", "Weir.Identity", "Weir.Models", "Weir.Generate"],
        ["Weir.Insight"],
        ["Weir.Studio"],
        ["Weir"],
    ];

    private static readonly string Source = Path.Combine(Repository.Root, "src");

    [Fact]
    public void Every_project_has_a_layer() =>
        Directory.GetDirectories(Source).Select(Path.GetFileName).Order().ShouldBe(Layers.SelectMany(l => l).Order());

    [Fact]
    public void References_go_down_only()
    {
        foreach (var (project, reference) in References())
            LayerOf(reference).ShouldBeLessThan(LayerOf(project), $"{project} references {reference}");
    }

    [Fact]
    public void Collect_does_not_load_the_engine()
    {
        var reached = new HashSet<string>();
        void Reach(string project)
        {
            foreach (var (_, reference) in References().Where(r => r.Project == project))
                if (reached.Add(reference)) Reach(reference);
        }
        Reach("Weir.Collect");
        reached.ShouldNotContain("Weir.DuckDb");
    }

    [Theory]
    [InlineData("Weir.Lake.S3")]
    [InlineData("Weir.Journal.Kafka")]
    public void Only_the_program_references_an_adapter(string adapter) =>
        References().Where(r => r.Reference == adapter).Select(r => r.Project).ShouldBe(["Weir"]);

    [Fact]
    public void No_source_file_is_longer_than_five_hundred_lines() =>
        Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && File.ReadLines(f).Count() > 500)
            .ShouldBeEmpty();

    private static int LayerOf(string project) => Array.FindIndex(Layers, l => l.Contains(project));

    private static IEnumerable<(string Project, string Reference)> References() =>
        from project in Directory.GetDirectories(Source).Select(d => Path.GetFileName(d)!)
        from reference in XDocument.Load(Path.Combine(Source, project, $"{project}.csproj")).Descendants("ProjectReference")
        let name = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)
        where name.StartsWith("Weir", StringComparison.Ordinal)
        select (project, name);
}
