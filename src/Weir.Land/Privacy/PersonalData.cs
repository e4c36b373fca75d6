using Weir.Journal;
using Weir.Sources;

namespace Weir.Land.Privacy;

/// <summary>What an environment does with each kind of personal data.</summary>
public sealed class PersonalData
{
    internal const string Masked = "***";

    private readonly PersonalMode[] modes = new PersonalMode[Enum.GetValues<PersonalKind>().Length];
    private readonly Lazy<Pseudonyms> pseudonyms;

    /// <param name="modes">By kind; what is not named is kept.</param>
    /// <param name="keys">Holds the secret of hashes; asked, once, when something is hashed.</param>
    public PersonalData(IReadOnlyDictionary<PersonalKind, PersonalMode> modes, KeyStore keys)
    {
        foreach (var (kind, mode) in modes) this.modes[(int)kind] = kind == PersonalKind.None ? PersonalMode.Keep : mode;
        KeepsAll = Array.TrueForAll(this.modes, m => m == PersonalMode.Keep);
        pseudonyms = new Lazy<Pseudonyms>(() => new Pseudonyms(keys.GetOrCreateSecret()));
    }

    private PersonalData() => pseudonyms = new Lazy<Pseudonyms>(() => throw new InvalidOperationException("Nothing is hashed where everything is kept."));

    /// <summary>Everything lands as it was sent.</summary>
    public static PersonalData KeptAsSent { get; } = new();

    /// <summary>What is usual: production keeps, everything else lands no person's data, hashes of what tables are joined by.</summary>
    public static IReadOnlyDictionary<PersonalKind, PersonalMode> Usual(bool isProduction) => Enum.GetValues<PersonalKind>().ToDictionary(kind => kind, kind => kind switch
    {
        _ when isProduction => PersonalMode.Keep,
        PersonalKind.None => PersonalMode.Keep,
        PersonalKind.Id or PersonalKind.Email or PersonalKind.Phone => PersonalMode.Hash,
        _ => PersonalMode.Mask,
    });

    internal bool KeepsAll { get; } = true;

    /// <summary>Whether a field of this kind changes; null: a field that holds nothing personal.</summary>
    internal bool Touches(PersonalKind? kind) => kind is { } known && modes[(int)known] != PersonalMode.Keep;

    internal bool Drops(PersonalKind? kind) => kind is { } known && modes[(int)known] == PersonalMode.Drop;

    /// <summary>What lands in the place of a value; null: nothing.</summary>
    internal string? Replace(PersonalKind kind, string value) => modes[(int)kind] switch
    {
        PersonalMode.Hash => pseudonyms.Value.Of(value),
        PersonalMode.Mask => kind == PersonalKind.Ip ? IpAddresses.Truncate(value) ?? Masked : Masked,
        PersonalMode.Drop => null,
        _ => value,
    };
}
