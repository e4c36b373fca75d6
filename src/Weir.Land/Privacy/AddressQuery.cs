using System.Net;

namespace Weir.Land.Privacy;

/// <summary>The query of a page's address: what browsers put there is known by its parameters' names.</summary>
internal static class AddressQuery
{
    /// <summary>Notes the values of parameters that hold personal data.</summary>
    public static void Collect(string text, Secrets secrets)
    {
        var query = text.IndexOf('?', StringComparison.Ordinal);
        if (query < 0) return;
        foreach (var pair in text[(query + 1)..].Split('&', '#'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || WellKnownFields.Of(WebUtility.UrlDecode(pair[..equals]), ofPerson: true) is not { } kind) continue;
            secrets.Add(WebUtility.UrlDecode(pair[(equals + 1)..]), kind);
            secrets.Add(pair[(equals + 1)..], kind); // as it was escaped
        }
    }
}
