using Weir.Models.Context;
using Weir.Models.Jinja;
using Weir.Models.Project;
using Weir.Models.Yaml;

namespace Weir.Models;

/// <summary>Reads <c>profiles.yml</c>: which DuckDB file a dbt project is built in.</summary>
public static class DbtProfiles
{
    private const string FileName = "profiles.yml";

    /// <summary>The target of a project.</summary>
    /// <param name="folder">The folder that holds dbt_project.yml.</param>
    /// <param name="profilesFolder">Where profiles.yml lies; null: <c>DBT_PROFILES_DIR</c>, the project's folder, then <c>~/.dbt</c>.</param>
    /// <param name="profile">The profile; null: <c>DBT_PROFILE</c>, then what dbt_project.yml says.</param>
    /// <param name="target">The output; null: <c>DBT_TARGET</c>, then what the profile says, then <c>default</c>.</param>
    /// <param name="vars">Variables of the command line.</param>
    /// <exception cref="WeirException">WEIR7031: there is no profiles.yml. WEIR7032: it has no such profile or target. WEIR7033: the output is no DuckDB file.</exception>
    public static ModelTarget Read(string folder, string? profilesFolder = null, string? profile = null, string? target = null, IReadOnlyDictionary<string, object?>? vars = null)
    {
        var path = Find(folder, profilesFolder ?? Environment.GetEnvironmentVariable("DBT_PROFILES_DIR"));
        var problems = new Problems();
        var file = YamlFile.Read(path, FileName, problems);
        problems.ThrowIfAny(Path.GetDirectoryName(path)!);
        var wanted = profile ?? Environment.GetEnvironmentVariable("DBT_PROFILE") ?? ProfileOf(folder)
            ?? throw new WeirException("WEIR7032", $"{ProjectFile.FileName} names no profile. Say `profile: name` there, with a name of {path}, or give --profile.");
        var names = file?.Entries.Where(entry => entry.Key != "config").Select(entry => entry.Key).ToList() ?? [];
        if (file?.Map(wanted) is not { } section)
            throw new WeirException("WEIR7032", $"{path} has no profile '{wanted}'.{Suggest.Near(wanted, names)} It has: {(names.Count == 0 ? "none" : string.Join(", ", names))}.");
        var scope = Scope(vars ?? new Dictionary<string, object?>());
        var chosen = target ?? Environment.GetEnvironmentVariable("DBT_TARGET") ?? Text(section, "target", scope) ?? "default";
        var outputs = section.Map("outputs")?.Entries.Select(entry => entry.Key).ToList() ?? [];
        if (section.Map("outputs")?.Map(chosen) is not { } output)
            throw new WeirException("WEIR7032", $"the profile '{wanted}' in {path} has no target '{chosen}'.{Suggest.Near(chosen, outputs)} It has: {(outputs.Count == 0 ? "none" : string.Join(", ", outputs))}.");
        return ToTarget(output, wanted, chosen, folder, path, scope);
    }

    private static ModelTarget ToTarget(YamlMap output, string profile, string name, string folder, string file, Scope scope)
    {
        if (Text(output, "type", scope) is var type && type != "duckdb")
            throw new WeirException("WEIR7033", $"the target '{name}' of '{profile}' in {file}:{output.Line} is of type '{type}', and Weir builds in DuckDB: `type: duckdb` with `path: file.duckdb`.");
        if (Text(output, "path", scope) is not { } database || database == ":memory:" || database.Contains("://", StringComparison.Ordinal) || database.StartsWith("md:", StringComparison.Ordinal))
            throw new WeirException("WEIR7033", $"the target '{name}' of '{profile}' in {file}:{output.Line} has no file to build in: `path: file.duckdb`.");
        var path = Path.GetFullPath(Path.Combine(folder, database));
        return new ModelTarget(name, Text(output, "database", scope) ?? Path.GetFileNameWithoutExtension(path), Text(output, "schema", scope) ?? "main")
        {
            ProfileName = profile,
            Path = path,
            Threads = int.TryParse(Text(output, "threads", scope), out var threads) && threads > 0 ? threads : 1,
        };
    }

    private static string Find(string folder, string? named)
    {
        if (named is not null)
        {
            var path = Path.Combine(named, FileName);
            return File.Exists(path) ? path : throw new WeirException("WEIR7031", $"there is no {FileName} in {Path.GetFullPath(named)}, which --profiles-dir or DBT_PROFILES_DIR names.");
        }

        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dbt");
        return new[] { folder, home }.Select(place => Path.Combine(place, FileName)).FirstOrDefault(File.Exists)
            ?? throw new WeirException("WEIR7031", $"there is neither a weir.yml nor a {FileName} in {Path.GetFullPath(folder)}, nor a {FileName} in {home}: Weir does not know which DuckDB file to build in. "
                + "Write one: `name: {target: dev, outputs: {dev: {type: duckdb, path: dev.duckdb}}}`.");
    }

    private static string? ProfileOf(string folder)
    {
        var path = Path.Combine(folder, ProjectFile.FileName);
        return File.Exists(path) ? YamlFile.Read(path, ProjectFile.FileName, new Problems())?.Text("profile") : null;
    }

    private static string? Text(YamlMap map, string key, Scope scope)
    {
        if (map.Find(key)?.Value is not { } value)
            return null;
        try
        {
            var text = NodeConfig.AsText(Plain.Render(value, FileName, scope));
            return text.Length == 0 ? null : text;
        }
        catch (JinjaException wrong)
        {
            throw new WeirException(Refuse.CodeOf(wrong, "WEIR7033"), $"{FileName}:{value.Line}: {wrong.Message}");
        }
    }

    private static Scope Scope(IReadOnlyDictionary<string, object?> vars) =>
        new Scope().Set("env_var", EnvVar.Function).Set("var", new VarFunction(new VarLevels([vars]), missingIsNone: false));
}
