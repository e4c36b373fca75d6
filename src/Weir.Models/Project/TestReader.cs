using Weir.Models.Audit;
using Weir.Models.Context;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>Makes the generic tests that stand under models, seeds and sources.</summary>
internal sealed class TestReader(LoadContext load, ConfigTree tree)
{
    private readonly Dictionary<string, (string File, int Line)> seen = [];

    public IEnumerable<Node> Read(IReadOnlySet<string> disabled)
    {
        foreach (var patch in load.Patches.Nodes.Where(patch => patch.Section != "data_tests"))
        {
            var attached = $"{patch.Section.TrimEnd('s')}.{load.Project.Name}.{patch.Name}";
            if (!disabled.Contains(attached))
            {
                foreach (var test in Of(patch.Tests, patch.Columns, patch.File, attached, null, patch.Name))
                    yield return test;
            }
        }

        foreach (var source in load.Patches.Sources)
        {
            var attached = $"source.{load.Project.Name}.{source.Source}.{source.Table}";
            if (!disabled.Contains(attached))
            {
                foreach (var test in Of(source.Tests, source.Columns, source.File, attached, source.Source, source.Table))
                    yield return test;
            }
        }
    }

    private IEnumerable<Node> Of(IReadOnlyList<TestEntry> onTable, IReadOnlyList<ColumnPatch> columns, string file, string attached, string? source, string table)
    {
        var entries = onTable.Select(entry => (entry, column: (string?)null))
            .Concat(columns.SelectMany(column => column.Tests.Select(entry => (entry, column: (string?)(column.Quote ? RelationValue.Quoted(column.Name) : column.Name)))));
        foreach (var (entry, column) in entries)
        {
            if (Make(entry, new GenericTest(entry.Test, source, table, column, entry.Arguments), file, attached) is { } node)
                yield return node;
        }
    }

    private Node? Make(TestEntry entry, GenericTest test, string file, string attached)
    {
        var links = new ParsedLinks(load.Names, load.Target);
        var noted = new List<KeyValuePair<string, object?>>();
        var scope = load.ParseScope(entry.Name ?? entry.Test, "test", file, links, ConfigKeys.Tests, noted);
        JinjaException? deferred = null;
        try
        {
            TestCall.Render(test, file, scope, where: null);
        }
        catch (JinjaException wrong) when (wrong.Kind is JinjaErrorKind.Type)
        {
            load.Problems.Add("WEIR7015", file, entry.Line, $"the test '{entry.Test}': {wrong.Message}");
            return null;
        }
        catch (JinjaException wrong)
        {
            if (wrong.File is null)
                load.Problems.Add(Refuse.CodeOf(wrong, "WEIR7015"), file, entry.Line, $"the test '{entry.Test}': {wrong.Message}");
            else
                deferred = load.Report(wrong, file);
            if (deferred is null)
                return null;
        }

        var arguments = test.Arguments.ToDictionary(argument => argument.Key, argument => argument.Value.ToObject());
        if (test.ColumnName is not null)
            arguments["column_name"] = test.ColumnName;
        var on = test.Source is null ? test.Table : $"{test.Source}_{test.Table}";
        var name = entry.Name ?? TestNames.Name(test.Test, on, test.Source is not null, arguments);
        var uniqueId = $"test.{load.Project.Name}.{name}.{TestNames.Hash(name, test.Test, test.Reference, arguments)}";
        if (!seen.TryAdd(uniqueId, (file, entry.Line)))
        {
            load.Problems.Add("WEIR7010", file, entry.Line, $"the test '{name}' stands in {seen[uniqueId].File}:{seen[uniqueId].Line} too, on the same column with the same arguments. Remove one, or give one another `name:`.");
            return null;
        }

        var node = new Node
        {
            UniqueId = uniqueId,
            ResourceType = "test",
            Name = name,
            File = file,
            Line = entry.Line,
            Fqn = ProjectFiles.Fqn(load.Project.Name, load.Project.RootOf(file), file, name),
            GenericTest = test,
            AttachedTo = attached,
            Deferred = deferred,
            Description = load.RenderText(entry.Description, file),
        };
        tree.Apply(node.Fqn, node.Config);
        foreach (var (key, value) in noted)
            node.Config.Set(key, new Setting(value, file, entry.Line));
        load.ApplyPatch(entry.Config, file, ConfigKeys.Tests, node.Config);
        node.DependsOn.AddRange(links.Sources.Select(source => $"source.{load.Project.Name}.{source.Source}.{source.Table}"));
        node.DependsOn.AddRange(links.Refs);
        return node;
    }
}
