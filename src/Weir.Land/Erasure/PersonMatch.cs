using Weir.Land.Privacy;

namespace Weir.Land.Erasure;

/// <summary>Ids of people, in all the forms in which a lake may hold them: as they are, or as the hash that an environment keeps.</summary>
internal sealed class PersonMatch
{
    private readonly Dictionary<PersonIdKind, HashSet<string>> values;
    private readonly string[] words;

    public PersonMatch(IReadOnlyList<PersonId> ids, Pseudonyms pseudonyms)
    {
        values = ids.GroupBy(i => i.Kind).ToDictionary(g => g.Key, g => g.SelectMany(i => new[] { i.Value, pseudonyms.Of(i.Value) }).ToHashSet(StringComparer.Ordinal));
        words = [.. ids.Where(i => i.Kind != PersonIdKind.Email).Select(i => i.Value)];
        // Where an address is known as what stands for it only, that is looked for.
        Hashes = [.. ids.Where(i => i.Kind == PersonIdKind.Email).Select(i => i.Value.Contains('@', StringComparison.Ordinal) ? pseudonyms.Of(i.Value) : i.Value)];
        Emails = [.. ids.Where(i => i.Kind == PersonIdKind.Email).Select(i => i.Value)];
    }

    /// <summary>Addresses, in lower case.</summary>
    public IReadOnlyList<string> Emails { get; }

    /// <summary>What stands for addresses.</summary>
    public IReadOnlyList<string> Hashes { get; }

    public IReadOnlyCollection<string> Of(PersonIdKind kind) => values.GetValueOrDefault(kind, []);

    public bool IsIn(PersonIdKind kind, string? value) => value is not null && Of(kind).Contains(value.Trim());

    /// <summary>Whether an address, or what stands for one, is in a text.</summary>
    public bool HasEmail(string? text) =>
        text is not null && Emails.Count > 0 && (Hashes.Any(h => text.Contains(h, StringComparison.Ordinal)) || PersonTexts.AnyEmail(text, a => Of(PersonIdKind.Email).Contains(a)));

    /// <summary>Whether bytes as received, of which nothing is known, hold one of the ids.</summary>
    public bool IsInSent(string text) => HasEmail(text) || words.Any(w => PersonTexts.HasWord(text, w));
}
