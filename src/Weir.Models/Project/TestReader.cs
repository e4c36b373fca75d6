using Weir.Models.Audit;
using Weir.Models.Context;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>Makes the generic tests that stand under models, seeds, snapshots and sources.</summary>
internal sealed class TestReader(LoadContext load)
{
    /// <summary>dbt's tests that read nothing but the relation they stand under, as long as no project or package has one in their place.</summary>
    private static readonly string[] Simple = ["unique", "not_null"];

    private readonly Dictionary<string, (string File, int Line)> seen = [];
    private readonly HashSet<string> simple = [.. Simple.Where(name => !load.Macros.All.Any(place => place.Macro.Name.EndsWith("test_" + name, StringComparison.Ordinal)))];

    /// <param name="disabled">The ids of nodes that are switched off: their tests are too.</param>
    public IEnumerable<Node> Read(IReadOnlySet<string> disabled)
    {
        foreach (var patch in load.Patches.Nodes.Where(patch => patch.Section is not ("data_tests" or "analyses")))
        {
            var attached = $"{patch.Section.TrimEnd('s')}.{load.Package.Name}.{patch.Name}";
            if (!disabled.Contains(attached))
            {
                foreach (var test in Of(patch.Tests, patch.Columns, patch.File, attached, null, patch.Name))
                    yield return test;
            }
        }

        foreach (var source in load.Patches.Sources)
        {
            var attached = $"source.{load.Package.Name}.{source.Source}.{source.Table}";
            if (!disabled.Contains(attached))
            {
                foreach (var test in Of(source.Tests, source.Columns, source.File, attached, source.Source, source.Table))
                    yield return test;
            }
        }
    }

    private IEnumerable<Node> Of(IReadOnlyList<TestEntry> onTable, IReadOnlyList<ColumnPatch> columns, string file, string attached, string? source, string table)
    {
        foreach (var entry in onTable)
        {
            if (Make(entry, new GenericTest(entry.Test, source, table, null, entry.Arguments) { Config = entry.Config }, file, attached, null) is { } node)
                yield return node;
        }

        foreach (var column in columns)
        {
            foreach (var entry in column.Tests)
            {
                var name = column.Quote ? RelationValue.Quoted(column.Name) : column.Name;
                if (Make(entry, new GenericTest(entry.Test, source, table, name, entry.Arguments) { Config = entry.Config }, file, attached, column) is { } node)
                    yield return node;
            }
        }
    }

    private Node? Make(TestEntry entry, GenericTest test, string file, string attached, ColumnPatch? column)
    {
        var links = new ParsedLinks(load.Names, load.Package.Name, load.Target);
        var noted = new List<KeyValuePair<string, object?>>();
        var mistakes = new List<ModelProblem>();
        JinjaException? deferred = null;
        try
        {
            if (test is { Namespace: null, ColumnName: not null, Arguments.Count: 0 } && simple.Contains(test.Test))
                TestCall.Note(test, links); // most tests are of these: their SQL is made when they run
            else
                TestCall.Render(test, file, load.ParseScope(entry.Name ?? entry.Test, "test", file, links, ConfigKeys.Tests, noted), where: null);
        }
        catch (JinjaException wrong) when (wrong.Kind is JinjaErrorKind.Type)
        {
            mistakes.Add(new ModelProblem("WEIR7015", file, entry.Line, $"the test '{entry.Test}': {wrong.Message}"));
        }
        catch (JinjaException wrong) when (wrong.File is null)
        {
            mistakes.Add(new ModelProblem(Refuse.CodeOf(wrong, "WEIR7015"), file, entry.Line, $"the test '{entry.Test}': {wrong.Message}"));
        }
        catch (JinjaException wrong)
        {
            deferred = LoadContext.Sort(wrong, file, mistakes);
        }

        var arguments = test.Arguments.ToDictionary(argument => argument.Key, argument => argument.Value.ToObject());
        if (test.ColumnName is not null)
            arguments["column_name"] = test.ColumnName;
        var on = test.Source is null ? test.Table : $"{test.Source}_{test.Table}";
        var name = entry.Name ?? TestNames.Name(test.Test.Replace('.', '_'), on, test.Source is not null, arguments);
        var uniqueId = $"test.{load.Package.Name}.{name}.{TestNames.Hash(name, test, arguments)}";
        if (!seen.TryAdd(uniqueId, (file, entry.Line)))
        {
            load.Problems.Add("WEIR7010", file, entry.Line, $"the test '{name}' stands in {seen[uniqueId].File}:{seen[uniqueId].Line} too, on the same column with the same arguments. Remove one, or give one another `name:`.");
            return null;
        }

        var alias = entry.Name ?? TestNames.Alias(name, $"{test.Test.Replace('.', '_')}_{on}", test.Source is not null);
        var node = new Node
        {
            UniqueId = uniqueId,
            ResourceType = "test",
            Name = name,
            Package = load.Package.Name,
            File = file,
            FileInPackage = $"{load.Package.Inside(file)}/{alias}.sql",
            Root = load.Package.Inside(load.Package.RootOf(file)),
            Line = entry.Line,
            Fqn = load.Package.Fqn(file, name),
            GenericTest = test,
            AttachedTo = attached,
            Deferred = deferred,
            Mistakes = mistakes,
            Alias = alias,
            ColumnTags = column is null ? [] : load.TagsOf(column, file),
            Description = load.RenderText(entry.Description, file),
        };
        load.Trees.Apply("test", node.Fqn, node.Config);
        foreach (var (key, value) in noted)
            node.Config.Set(key, new Setting(value, file, entry.Line));
        load.ApplyPatch(entry.Config, file, ConfigKeys.Tests, node.Config);
        node.SourceRefs.AddRange(links.Sources);
        node.Refs.AddRange(links.Refs);
        return node;
    }
}
