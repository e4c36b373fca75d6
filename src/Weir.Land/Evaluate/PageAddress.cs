namespace Weir.Land.Evaluate;

/// <summary>What a page's address tells, for dialects whose clients send nothing else of it: its path and the campaign in its query.</summary>
internal static class PageAddress
{
    /// <summary>Fills <see cref="EventRow.PagePath"/> and the campaign where they are not known, from <see cref="EventRow.PageUrl"/>.</summary>
    public static void Complete(EventRow row)
    {
        if (row.PageUrl is not { } url) return;
        var rest = url.AsSpan();
        if (rest.IndexOf('#') is var fragment and >= 0) rest = rest[..fragment];
        var question = rest.IndexOf('?');
        row.PagePath ??= Path(question < 0 ? rest : rest[..question]);
        if (question < 0) return;
        foreach (var range in rest[(question + 1)..].Split('&'))
        {
            var pair = rest[(question + 1)..][range];
            var equals = pair.IndexOf('=');
            if (equals < 0 || !pair.StartsWith("utm_")) continue;
            var value = Uri.UnescapeDataString(pair[(equals + 1)..].ToString().Replace('+', ' '));
            if (value.Length == 0 || value.Contains('\0', StringComparison.Ordinal)) continue;
            switch (pair[..equals])
            {
                case "utm_source": row.UtmSource ??= value; break;
                case "utm_medium": row.UtmMedium ??= value; break;
                case "utm_campaign": row.UtmCampaign ??= value; break;
                case "utm_term": row.UtmTerm ??= value; break;
                case "utm_content": row.UtmContent ??= value; break;
            }
        }
    }

    /// <summary>What follows the host; null: the text is no address with one.</summary>
    private static string? Path(ReadOnlySpan<char> address)
    {
        var scheme = address.IndexOf("://");
        if (scheme < 0) return null;
        var path = address[(scheme + 3)..].IndexOf('/');
        return path < 0 ? "/" : address[(scheme + 3 + path)..].ToString();
    }
}
