using System.Globalization;
using Weir.Identity.Resolving;

namespace Weir.Identity;

/// <summary>Two ids that a person said are not one customer.</summary>
/// <param name="Left">The key of the one.</param>
/// <param name="Right">The key of the other.</param>
public sealed record Split(string Left, string Right);

/// <summary>The file <c>identity/splits.csv</c>: <c>left,right,at,reason</c>, a line a split. It lies in git, so it holds keys, not the ids themselves; who writes by hand may write <c>kind=value</c>.</summary>
public static class Splits
{
    /// <summary>The file, in the folder of <see cref="IdentityRules.Folder"/>.</summary>
    public const string File = "splits.csv";

    private const string Header = "left,right,at,reason";

    /// <summary>Reads it; none where there is no file.</summary>
    /// <param name="project">The project's folder.</param>
    /// <param name="rules">Which kinds there are.</param>
    /// <param name="hash">What stands for an e-mail address.</param>
    /// <exception cref="WeirException">WEIR7112: a line is no split.</exception>
    public static IReadOnlyList<Split> Read(string project, IdentityRules rules, Func<string, string> hash)
    {
        var path = PathOf(project);
        if (!System.IO.File.Exists(path)) return [];
        var splits = new List<Split>();
        var lines = System.IO.File.ReadAllLines(path);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() is not { Length: > 0 } line || line.StartsWith('#') || (i == 0 && line.StartsWith("left,", StringComparison.Ordinal))) continue;
            var parts = line.Split(',');
            if (parts.Length < 2) throw IdentityErrors.BadSplit(path, i + 1, line, "it has no comma");
            var ids = parts[..2].Select(p => IdText.Parse(p.Trim(), rules, hash)).ToList();
            if (ids.FindIndex(id => id is not { IsStrong: true }) is >= 0 and var bad) throw IdentityErrors.BadSplit(path, i + 1, line, $"'{parts[bad].Trim()}' is no id of {string.Join(", ", rules.Strong)}");
            if (ids[0]!.Key == ids[1]!.Key) throw IdentityErrors.BadSplit(path, i + 1, line, "it names one id twice");
            splits.Add(new Split(ids[0]!.Key, ids[1]!.Key));
        }
        return splits;
    }

    /// <summary>Adds a line, and the file if it is not there yet.</summary>
    public static void Append(string project, Split split, DateTimeOffset at, string? reason)
    {
        var path = PathOf(project);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var before = System.IO.File.Exists(path) ? System.IO.File.ReadAllText(path) : Header + "\n";
        if (before.Length > 0 && !before.EndsWith('\n')) before += "\n";
        var why = string.IsNullOrWhiteSpace(reason) ? "" : $"\"{reason.ReplaceLineEndings(" ").Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        // Whole, and then renamed: a half-written line would stop every build.
        System.IO.File.WriteAllText(path + ".tmp", $"{before}{split.Left},{split.Right},{at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)},{why}\n");
        System.IO.File.Move(path + ".tmp", path, overwrite: true);
    }

    /// <summary>Where the file is.</summary>
    public static string PathOf(string project) => Path.Combine(project, IdentityRules.Folder, File);

    internal static (IdKey, IdKey) Keys(this Split split, IdKinds kinds) => (kinds.Read(split.Left), kinds.Read(split.Right));
}
