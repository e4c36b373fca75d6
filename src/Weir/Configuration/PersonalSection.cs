using Weir.Land.Privacy;
using Weir.Sources;

namespace Weir.Configuration;

/// <summary>The <c>personal_data</c> of <c>weir.yml</c>: what becomes of each kind.</summary>
internal static class PersonalSection
{
    private const string All = "all";

    private static readonly Dictionary<string, PersonalMode> Modes = Enum.GetValues<PersonalMode>().ToDictionary(m => m.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <param name="layers">The environment's own section first.</param>
    /// <param name="isProduction">Where it is kept unless something is said.</param>
    public static IReadOnlyDictionary<PersonalKind, PersonalMode> Read(IReadOnlyList<YamlSection> layers, bool isProduction)
    {
        var modes = new Dictionary<PersonalKind, PersonalMode>(Land.Privacy.PersonalData.Usual(isProduction));
        foreach (var layer in layers.Reverse())
        {
            foreach (var (name, kind) in PersonalKinds.ByName.Where(k => k.Value != PersonalKind.None))
            {
                modes[kind] = layer.Choice(All, modes[kind], Modes);
                modes[kind] = layer.Choice(name, modes[kind], Modes);
            }
        }
        return modes;
    }
}
