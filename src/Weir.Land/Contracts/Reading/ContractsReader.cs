using Weir.Land.Contracts.Migrations;
using Weir.Land.Contracts.Schemas;
using Weir.Sources;

namespace Weir.Land.Contracts.Reading;

/// <summary>Reads <c>contracts/</c>: a folder for each contract, a file for each version. Mistakes are noted, all of them.</summary>
internal sealed class ContractsReader(string project, List<string> mistakes)
{
    private const long LargestFile = 1 << 20;

    public IReadOnlyList<Contract> Read()
    {
        var folder = Path.Combine(project, ContractSet.Folder);
        if (!Directory.Exists(folder)) return [];
        foreach (var lost in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
            mistakes.Add($"{Name(lost)}:1:1: a contract's files lie in a folder of their own: contracts/<event>/<version>.json");
        var contracts = Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select(ReadContract).OfType<Contract>().ToList();
        foreach (var taken in contracts.SelectMany(c => c.Versions.SelectMany(v => v.Names).Distinct().Select(n => (Event: n, Contract: c))).GroupBy(x => x.Event).Where(g => g.Count() > 1))
            mistakes.Add($"{taken.Last().Contract.Newest.File}:1:1: the event '{taken.Key}' has a contract already, '{taken.First().Contract.Name}'; an event has one");
        return contracts;
    }

    private Contract? ReadContract(string folder)
    {
        var columns = new HashSet<string>(StringComparer.Ordinal);
        var versions = new List<ContractVersion>();
        foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            var version = Path.GetFileNameWithoutExtension(file);
            if (Path.GetExtension(file) != ".json") continue;
            if (!ContractVersion.IsVersion(version)) mistakes.Add($"{Name(file)}:1:1: the file's name must be the version, such as 2.json or 1-0-2.json");
            else if (Parse(file) is { } schema) versions.Add(ReadVersion(version, Path.GetFileName(folder), schema, columns));
        }
        if (versions.Count == 0) return null;
        versions.Sort((a, b) => ContractVersion.Order.Compare(a.Version, b.Version));
        var migrations = ReadMigrations(folder, versions);
        columns.UnionWith(migrations.SelectMany(m => m.Rules).SelectMany(r => r.Columns));
        return new Contract(Path.GetFileName(folder), versions, migrations, [.. EventColumn.All.Values.Where(c => columns.Contains(c.Name))]);
    }

    private List<Migration> ReadMigrations(string folder, List<ContractVersion> versions)
    {
        var migrations = new List<Migration>();
        var files = Directory.Exists(Path.Combine(folder, "migrations")) ? Directory.GetFiles(Path.Combine(folder, "migrations")).ToHashSet() : [];
        foreach (var (from, to) in versions.Zip(versions.Skip(1)))
        {
            var file = Path.Combine(folder, "migrations", $"{from.Version}-to-{to.Version}.json");
            if (!files.Remove(file)) mistakes.Add($"{Name(file)}:1:1: is missing: it says how version {from.Version} becomes {to.Version}; {{\"rules\": []}} where nothing changes");
            else if (Parse(file) is { } said) migrations.Add(MigrationReader.Read(said, from, to));
        }
        foreach (var lost in files.Where(f => !Path.GetFileName(f).StartsWith('.')).Order(StringComparer.Ordinal))
            mistakes.Add($"{Name(lost)}:1:1: is no step from a version to the next; there are {(versions.Count < 2 ? "none" : string.Join(", ", versions.Zip(versions.Skip(1), (a, b) => $"{a.Version}-to-{b.Version}.json")))}");
        return migrations;
    }

    private static ContractVersion ReadVersion(string version, string folder, SourceValue file, HashSet<string> columns)
    {
        var annotations = new List<FieldAnnotation>();
        var reader = new SchemaReader(file);
        var schema = reader.Read(annotations);
        var root = new RootCheck(file, reader);
        root.Run();
        columns.UnionWith(root.Columns);
        foreach (var annotation in annotations.Where(a => a.Default is not null && EventColumn.All.TryGetValue(a.Path.Column, out var column) && column.Read is null))
            annotation.At.Mistake($"'{annotation.Path}' cannot have a default: it says what was sent");
        foreach (var annotation in annotations.Where(a => a.Pii is not (null or PersonalKind.None) && EventColumn.All.TryGetValue(a.Path.Column, out var column) && column.Read is null))
            annotation.At.Mistake($"'{annotation.Path}' cannot be personal data: events are told apart by it");
        return new ContractVersion(version, Names(file, folder), schema, annotations, file.File.Name);
    }

    private static IReadOnlyList<string> Names(SourceValue file, string folder)
    {
        if (file["x-weir"]?["event"] is not { } names) return [folder];
        var list = names.IsArray ? names.Items : [names];
        if (list.Count > 0 && list.All(n => !string.IsNullOrWhiteSpace(n.AsText))) return [.. list.Select(n => n.AsText!)];
        names.Mistake("'event' must be the event's name, or a list of its names");
        return [folder];
    }

    private SourceValue? Parse(string path)
    {
        if (new FileInfo(path).Length <= LargestFile) return new SourceFile(Name(path), File.ReadAllBytes(path), mistakes).Parse();
        mistakes.Add($"{Name(path)}:1:1: is larger than {LargestFile} bytes");
        return null;
    }

    private string Name(string path) => Path.GetRelativePath(project, path).Replace('\\', '/');
}
