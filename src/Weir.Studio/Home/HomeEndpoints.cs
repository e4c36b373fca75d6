using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Weir.Studio.Home.Config;
using Weir.Studio.Pages;
using Weir.Studio.Time;

namespace Weir.Studio.Home;

/// <summary>Home and the part of it that is fetched anew.</summary>
internal static class HomeEndpoints
{
    /// <summary>Where the reader's choice of light or dark is kept.</summary>
    internal const string ThemeCookie = "weir-theme";

    public static void Map(IEndpointRouteBuilder routes, StudioOptions options, TimeProvider time)
    {
        var home = new HomeReader(options, time);
        routes.MapGet("/", async (string? range, HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            var theme = http.Request.Cookies[ThemeCookie] is "light" or "dark" ? http.Request.Cookies[ThemeCookie] : null;
            var view = await home.ReadAsync(range, http.RequestAborted);
            return new RazorComponentResult<HomePage>(new { View = view, Theme = theme });
        });
        routes.MapGet("/home/minutes", async (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            // No range: the last hour does not depend on it.
            var view = await home.ReadMinutesAsync(http.RequestAborted);
            // 204 leaves what is shown as it is; the page's own renewal tells the error.
            return view is null ? Results.NoContent() : (IResult)new RazorComponentResult<MinutesFragment>(new { View = view });
        });
    }
}
