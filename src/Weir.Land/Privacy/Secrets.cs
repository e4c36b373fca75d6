using Weir.Sources;

namespace Weir.Land.Privacy;

/// <summary>
/// The personal values of one event, wherever it says them: what is marked in one place must not stand in another, as a name in a page's address, or a column's value in the
/// properties that it was read from. And e-mail addresses, which show themselves.
/// </summary>
internal sealed class Secrets(PersonalData personal)
{
    /// <summary>Shorter ones stand in too much that has nothing to do with them.</summary>
    private const int ShortestWhole = 3, ShortestPart = 5, ShortestPartOfDigits = 7;

    private readonly List<Secret> all = [];

    public void Clear() => all.Clear();

    /// <summary>Notes a value of a marked field.</summary>
    public void Add(string value, PersonalKind kind)
    {
        var text = value.Trim();
        if (text.Length < ShortestWhole || !personal.Touches(kind) || all.Exists(s => s.Value == text)) return;
        var with = personal.Replace(kind, text) ?? PersonalData.Masked;
        // An id is a part of other ids by chance.
        var isPart = kind != PersonalKind.Id && text.Length >= (text.All(char.IsAsciiDigit) ? ShortestPartOfDigits : ShortestPart);
        Note(new Secret(text, with, isPart));
        var escaped = Uri.EscapeDataString(text);
        if (!isPart || escaped == text) return;
        Note(new Secret(escaped, with, true));
        Note(new Secret(escaped.Replace("%20", "+", StringComparison.Ordinal), with, true));
    }

    /// <summary>A text without these values; the same instance if there are none in it.</summary>
    public string Clean(string text)
    {
        var clean = text;
        foreach (var secret in all)
        {
            if (clean.Length < secret.Value.Length) continue;
            if (clean.Equals(secret.Value, StringComparison.OrdinalIgnoreCase)) return secret.With;
            if (secret.IsPart && clean.Contains(secret.Value, StringComparison.OrdinalIgnoreCase)) clean = clean.Replace(secret.Value, secret.With, StringComparison.OrdinalIgnoreCase);
        }
        return personal.Touches(PersonalKind.Email) ? EmailAddresses.Replace(clean, a => personal.Replace(PersonalKind.Email, a) ?? PersonalData.Masked) : clean;
    }

    /// <summary>The longest first: a whole name before its parts.</summary>
    private void Note(Secret secret)
    {
        var place = all.FindIndex(s => s.Value.Length < secret.Value.Length);
        all.Insert(place < 0 ? all.Count : place, secret);
    }

    private readonly record struct Secret(string Value, string With, bool IsPart);
}
