using System.Text;
using System.Text.Json;
using Weir.Land.Privacy;

namespace Weir.Land.Erasure;

/// <summary>Ids of people within texts.</summary>
internal static class PersonTexts
{
    /// <summary>Whether an e-mail address stands in a text, or in a string of it that JSON escaped, for which a condition holds.</summary>
    public static bool AnyEmail(string text, Func<string, bool> holds)
    {
        var found = false;
        foreach (var part in PartsOf(text))
        {
            EmailAddresses.Replace(part, address =>
            {
                found = found || holds(PersonId.Normal(PersonIdKind.Email, address));
                return address;
            });
            if (found) return true;
        }
        return false;
    }

    /// <summary>Whether a text holds a value as a word of its own.</summary>
    public static bool HasWord(string text, string word) => PartsOf(text).Any(part =>
    {
        for (var at = part.IndexOf(word, StringComparison.Ordinal); at >= 0; at = part.IndexOf(word, at + 1, StringComparison.Ordinal))
            if ((at == 0 || !IsOfWord(part[at - 1])) && (at + word.Length == part.Length || !IsOfWord(part[at + word.Length]))) return true;
        return false;
    });

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '-';

    /// <summary>The text, and where something in it is escaped, the strings that JSON has in it, as far as it is JSON.</summary>
    private static List<string> PartsOf(string text)
    {
        var parts = new List<string> { text };
        if (!text.Contains('\\', StringComparison.Ordinal)) return parts;
        foreach (var line in text.Split('\n'))
        {
            try
            {
                var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line), new JsonReaderOptions { MaxDepth = 1000, AllowMultipleValues = true });
                while (reader.Read())
                    if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) parts.Add(reader.GetString()!);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                // No JSON from there on, or no Unicode: what it holds is in the text as it is.
            }
        }
        return parts;
    }
}
