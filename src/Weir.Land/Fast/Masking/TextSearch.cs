using Weir.Land.Fast.Reading;
using Weir.Land.Privacy;

namespace Weir.Land.Fast.Masking;

/// <summary>Looks for what is personal in a text. It may see something where nothing is, never the other way round. For one thread.</summary>
internal sealed class TextSearch(PersonalData personal, FoundSecrets secrets, KnownTexts<NameMeaning> names)
{
    /// <summary>Whether there is surely nothing in it that would be replaced.</summary>
    /// <param name="text">UTF-8, of which no character is escaped.</param>
    /// <param name="isUnknown">Whether it may be the address of a page whose query tells something.</param>
    public bool IsClean(ReadOnlySpan<byte> text, bool isUnknown) => !secrets.AreIn(text) && (text.IndexOfAny((byte)'@', (byte)'%', (byte)'?') < 0 || IsCleanAddress(text, isUnknown));

    private bool IsCleanAddress(ReadOnlySpan<byte> text, bool isUnknown)
    {
        if (text.Contains((byte)'@') || text.IndexOf("%40"u8) >= 0 || (secrets.IsEscapable && text.Contains((byte)'%'))) return false;
        var query = text.IndexOf((byte)'?');
        return query < 0 || !isUnknown || IsCleanQuery(text[(query + 1)..]);
    }

    private bool IsCleanQuery(ReadOnlySpan<byte> query)
    {
        while (true)
        {
            var end = query.IndexOfAny((byte)'&', (byte)'#');
            var pair = end < 0 ? query : query[..end];
            var name = pair[..Math.Max(0, pair.IndexOf((byte)'='))];
            if (name.Contains((byte)'%') || (name.Length > 0 && personal.Touches(names.Of(name).KindOfPerson))) return false;
            if (end < 0) return true;
            query = query[(end + 1)..];
        }
    }
}
