using Microsoft.AspNetCore.Http;

namespace Weir.Collect.Requests;

/// <summary>Browsers may send from any page; write keys, not origins, say whose events these are. Nothing of ours is readable there.</summary>
internal static class CrossOrigin
{
    public static void Allow(HttpResponse response) => response.Headers.AccessControlAllowOrigin = "*";

    public static Task AnswerPreflight(HttpContext http)
    {
        Allow(http.Response);
        http.Response.Headers.AccessControlAllowMethods = "POST";
        // Echoed, for `*` would not cover Authorization.
        http.Response.Headers.AccessControlAllowHeaders = http.Request.Headers.AccessControlRequestHeaders;
        http.Response.Headers.AccessControlMaxAge = "86400";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
