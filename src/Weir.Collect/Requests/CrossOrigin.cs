using Microsoft.AspNetCore.Http;

namespace Weir.Collect.Requests;

/// <summary>
/// Browsers may ask from any page; the write key says whose events these are, and which pages may send them. Nothing of ours is readable there, so that credentials
/// (Snowplow's tracker sends its cookie) do no harm.
/// </summary>
internal static class CrossOrigin
{
    public static void Allow(HttpContext http)
    {
        var headers = http.Response.Headers;
        if (http.Request.Headers.Origin.ToString() is not { Length: > 0 } origin)
        {
            headers.AccessControlAllowOrigin = "*";
            return;
        }
        headers.AccessControlAllowOrigin = origin; // `*` does not go with credentials
        headers.AccessControlAllowCredentials = "true";
        headers.AccessControlExposeHeaders = "Retry-After";
        headers.Vary = "Origin";
    }

    public static Task AnswerPreflight(HttpContext http)
    {
        Allow(http);
        http.Response.Headers.AccessControlAllowMethods = "GET, POST";
        // Echoed, for `*` would not cover Authorization.
        http.Response.Headers.AccessControlAllowHeaders = http.Request.Headers.AccessControlRequestHeaders;
        http.Response.Headers.AccessControlMaxAge = "86400";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
