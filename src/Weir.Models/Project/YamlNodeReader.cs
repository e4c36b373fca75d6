using Weir.Models.Context;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>Makes nodes of what stands in schema files only: exposures and unit tests.</summary>
internal sealed class YamlNodeReader(LoadContext load)
{
    public Node ReadExposure(ExposurePatch patch)
    {
        var (links, mistakes) = (new ParsedLinks(load.Names, load.Package.Name, load.Target), new List<ModelProblem>());
        foreach (var item in patch.DependsOn)
        {
            try
            {
                var text = item.Text.Contains("{{", StringComparison.Ordinal) ? item.Text : $"{{{{ {item.Text} }}}}";
                Template.Parse(text, patch.File, item.Line).Render(load.ParseScope(patch.Name, "exposure", patch.File, links, ConfigKeys.Exposures, []));
            }
            catch (JinjaException wrong)
            {
                mistakes.Add(new ModelProblem(Refuse.CodeOf(wrong, "WEIR7006"), patch.File, item.Line, TemplateAdvice.Tell(wrong)));
            }
        }

        return Make($"exposure.{load.Package.Name}.{patch.Name}", "exposure", patch.Name, patch.File, patch.Line, [patch.Name], patch.Description, patch.Config, links, mistakes, patch.Exposure, null);
    }

    public Node ReadUnitTest(UnitTestPatch patch)
    {
        var (links, mistakes) = (new ParsedLinks(load.Names, load.Package.Name, load.Target), new List<ModelProblem>());
        try
        {
            links.Ref(null, patch.Test.Model);
        }
        catch (JinjaException)
        {
            mistakes.Add(new ModelProblem("WEIR7014", patch.File, patch.Line, $"the unit test '{patch.Name}' is for the model '{patch.Test.Model}', which there is not.{Suggest.Near(patch.Test.Model, load.Names.All)}"));
        }

        return Make(
            $"unit_test.{load.Package.Name}.{patch.Test.Model}.{patch.Name}", "unit_test", patch.Name, patch.File, patch.Line, [patch.Test.Model, patch.Name], patch.Description, patch.Config, links, mistakes,
            null, patch.Test);
    }

    private Node Make(
        string id, string type, string name, string file, int line, IReadOnlyList<string> last, Yaml.YamlValue? description, IReadOnlyList<Yaml.YamlEntry> settings, ParsedLinks links,
        IReadOnlyList<ModelProblem> mistakes, Exposure? exposure, UnitTest? unitTest)
    {
        IReadOnlyList<string> fqn = [.. load.Package.Fqn(file, "").SkipLast(1), .. last];
        var config = new NodeConfig();
        load.Trees.Apply(type, fqn, config);
        load.ApplyPatch(settings, file, ConfigKeys.Of(type), config);
        var node = new Node
        {
            UniqueId = id,
            ResourceType = type,
            Name = name,
            Package = load.Package.Name,
            File = file,
            FileInPackage = load.Package.Inside(file),
            Root = load.Package.Inside(load.Package.RootOf(file)),
            Line = line,
            Fqn = fqn,
            Config = config,
            Exposure = exposure,
            UnitTest = unitTest,
            Mistakes = mistakes,
            Description = load.RenderText(description, file),
        };
        node.Refs.AddRange(links.Refs);
        node.SourceRefs.AddRange(links.Sources);
        return node;
    }
}
