using Weir.Models.Project;

namespace Weir.Models.Select;

/// <summary>Whether a node is what a selector names.</summary>
internal sealed class Matcher(LoadedProject project, StateComparison state)
{
    private static readonly string[] Types = ["model", "seed", "snapshot", "test", "source", "analysis", "exposure", "unit_test", "metric", "semantic_model", "saved_query", "function"];
    private static readonly string[] TestTypes = ["generic", "schema", "singular", "data", "unit"];

    /// <exception cref="WeirException">WEIR7017: the value is not possible for the method, or there is nothing to compare with.</exception>
    public bool Matches(Node node, Criterion criterion)
    {
        var value = criterion.Value;
        switch (criterion.Method)
        {
            case "fqn":
                return !node.IsSource && InFqn(node.Fqn, value);
            case "tag":
                return node.Tags.Any(tag => Glob.Matches(tag, value));
            case "source":
                return node.IsSource && InSource(node, value.Split('.'), criterion);
            case "exposure":
                return node.Exposure is not null && Named(node, value);
            case "unit_test":
                return node.IsUnitTest && Named(node, value);
            case "test_name":
                return (node.GenericTest is { } test && Glob.Matches(test.Macro, value)) || (node.IsUnitTest && Glob.Matches(node.Name, value));
            case "test_type":
                return IsTest(node, OneOf(TestTypes, criterion));
            case "config":
                return node.Exposure is null && !node.IsUnitTest && SettingMatcher.Matches(node, criterion.Arguments, value);
            case "resource_type":
                return node.ResourceType == OneOf(Types, criterion);
            case "package":
                return Glob.Matches(node.Package, value == "this" ? project.File.Name : value);
            case "group":
                return node.Group is { } group && Glob.Matches(group, value);
            case "access":
                return node.ResourceType == "model" && node.Access == value;
            case "path":
                return InPath(node, value);
            case "file":
                return Glob.Matches(Path.GetFileName(FileOf(node)), value) || Glob.Matches(Path.GetFileNameWithoutExtension(FileOf(node)), value);
            case "state":
                return state.Matches(node, criterion);
            case "result":
                return state.HasResult(node, value);
            case "source_status":
                return state.IsFresher(node, value);
            case "version":
                return node.ResourceType == "model" && OneOf(["latest", "prerelease", "old", "none"], criterion) == "none";
            default:
                return false; // metrics and their kin are not nodes here
        }
    }

    private static string OneOf(IReadOnlyList<string> allowed, Criterion criterion) => allowed.Contains(criterion.Value)
        ? criterion.Value
        : throw new WeirException("WEIR7017", $"'{criterion.Value}' in '{criterion.Text}' is not possible.{Suggest.Near(criterion.Value, allowed)} There are: {string.Join(", ", allowed)}.");

    private static bool IsTest(Node node, string type) => type switch
    {
        "unit" => node.IsUnitTest,
        "generic" or "schema" => node.GenericTest is not null,
        "singular" => node.IsTest && node.GenericTest is null,
        _ => node.IsTest,
    };

    private static bool Named(Node node, string value)
    {
        var parts = value.Split('.');
        return Glob.Matches(node.Name, parts[^1]) && (parts.Length == 1 || Glob.Matches(node.Package, parts[0]));
    }

    private static bool InSource(Node node, string[] parts, Criterion criterion) => parts.Length switch
    {
        1 => Glob.Matches(node.Fqn[^2], parts[0]),
        2 => Glob.Matches(node.Fqn[^2], parts[0]) && Glob.Matches(node.Name, parts[1]),
        3 => Glob.Matches(node.Package, parts[0]) && Glob.Matches(node.Fqn[^2], parts[1]) && Glob.Matches(node.Name, parts[2]),
        _ => throw new WeirException("WEIR7017", $"'{criterion.Text}' is not a source: write source:name, source:name.table or source:package.name.table."),
    };

    /// <summary>The last part, the whole, or a prefix at dots, with or without the project; from the first part with a wildcard on, all of the rest.</summary>
    private static bool InFqn(IReadOnlyList<string> fqn, string value) => IsPrefix(fqn, value) || IsPrefix([.. fqn.Skip(1)], value);

    private static bool IsPrefix(IReadOnlyList<string> fqn, string value)
    {
        if (fqn[^1] == value)
            return true;
        var flat = fqn.SelectMany(part => part.Split('.')).ToList();
        var wanted = value.Split('.');
        if (flat.Count < wanted.Length)
            return false;
        for (var i = 0; i < wanted.Length; i++)
        {
            if (Glob.IsPattern(wanted[i]))
                return Glob.Matches(string.Join('.', flat.Skip(i)), string.Join('.', wanted.Skip(i))) || (wanted.Length == 1 && Glob.Matches(fqn[^1], value));
            if (flat[i] != wanted[i])
                return false;
        }

        return true;
    }

    private static bool InPath(Node node, string value)
    {
        var path = value.TrimEnd('/').Replace('\\', '/');
        if (path.StartsWith("./", StringComparison.Ordinal))
            path = path[2..];
        for (var place = FileOf(node); place.Length > 0; place = place.Contains('/') ? place[..place.LastIndexOf('/')] : "")
        {
            if (Glob.Matches(place, path) && (path.Contains("**", StringComparison.Ordinal) || place.Count(c => c == '/') == path.Count(c => c == '/')))
                return true;
        }

        return node.PatchFile is { } patch && Glob.Matches(patch, path);
    }

    /// <summary>The file it is written in.</summary>
    private static string FileOf(Node node) => node.File;
}
