using Microsoft.AspNetCore.Http;
using Weir.Collect.Splitting;

namespace Weir.Collect.Routes;

/// <summary>
/// Snowplow's network user id: a cookie of the collector's, for browsers that keep none of their own. <c>SP-Anonymous</c> forbids it, and the address too.
/// </summary>
internal static class NetworkUser
{
    private const string Cookie = "sp";
    private const int MaxLength = 64;

    public static SplitBody Read(HttpRequest request, SplitBody split)
    {
        if (request.Headers.ContainsKey("SP-Anonymous")) return split with { Anonymous = true };
        if (request.Cookies[Cookie] is { Length: > 0 and <= MaxLength } known) return split with { NetworkUserId = known };
        // Only browsers keep cookies: a server's every request would be somebody new.
        var isBrowser = request.Headers.ContainsKey("Origin") || request.Headers.ContainsKey("Referer");
        return isBrowser ? split with { NetworkUserId = Guid.NewGuid().ToString("D") } : split;
    }

    public static void Keep(HttpResponse response, SplitBody split)
    {
        if (split.NetworkUserId is not { } id) return;
        var request = response.HttpContext.Request;
        // Over TLS, here or at a proxy before it, pages of other sites may have it too; browsers refuse that without.
        var secure = request.IsHttps || request.Headers["X-Forwarded-Proto"].ToString() == "https";
        response.Cookies.Append(Cookie, id, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365), Path = "/", HttpOnly = true, Secure = secure, SameSite = secure ? SameSiteMode.None : SameSiteMode.Lax,
        });
    }
}
