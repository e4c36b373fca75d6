using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Land.Contracts.Schemas;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts;

/// <summary>One version of a contract.</summary>
/// <param name="Version">As events name it, <c>2</c> or <c>1-0-2</c>.</param>
/// <param name="Names">What events of this version are called; the first is what they are called from then on.</param>
/// <param name="Schema">What must hold of them.</param>
/// <param name="Annotations">What the schema says of fields.</param>
/// <param name="File">Where it stands, in the project.</param>
internal sealed partial record ContractVersion(string Version, IReadOnlyList<string> Names, Schema Schema, IReadOnlyList<FieldAnnotation> Annotations, string File)
{
    /// <summary>Fields that get a value where none was sent.</summary>
    public IReadOnlyList<FieldAnnotation> Defaults { get; } = [.. Annotations.Where(a => a.Default is not null).DistinctBy(a => a.Path)];

    /// <summary>The same for the fast path.</summary>
    public ImmutableArray<TreeDefault> TreeDefaults { get; } = [.. Annotations.Where(a => a.Default is not null).DistinctBy(a => a.Path).Select(a => new TreeDefault(a))];

    public static bool IsVersion(string text) => VersionPattern().IsMatch(text);

    /// <summary>Versions in their order: by their numbers, 9 before 10.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create((a, b) =>
    {
        var (left, right) = (Parts(a), Parts(b));
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
            if (left.ElementAtOrDefault(i).CompareTo(right.ElementAtOrDefault(i)) is var order and not 0) return order;
        return string.CompareOrdinal(a, b);
    });

    private static int[] Parts(string version) => [.. version.Split('.', '-').Select(p => int.Parse(p, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"\A[0-9]{1,6}([.-][0-9]{1,6}){0,2}\z")]
    private static partial Regex VersionPattern();
}
