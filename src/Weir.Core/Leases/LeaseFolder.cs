using System.Globalization;
using Weir.Storage;

namespace Weir.Leases;

/// <summary>The files of one lease: <c>run/leases/&lt;name&gt;/&lt;number, 20 digits&gt;.json</c>. The highest number is the current one.</summary>
internal static class LeaseFolder
{
    public static string Of(string dataFolder, string name) => Path.Combine(dataFolder, "run", "leases", name);

    public static string PathOf(string folder, long number) => Path.Combine(folder, $"{number:D20}.json");

    /// <summary>By number.</summary>
    public static IReadOnlyList<(long Number, string Path)> List(string folder, IDisk disk) =>
        [.. disk.List(folder, "*.json")
            .Select(path => (Number: long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1, path))
            .Where(l => l.Number >= 0).OrderBy(l => l.Number)];
}
