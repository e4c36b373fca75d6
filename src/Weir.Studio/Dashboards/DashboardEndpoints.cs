using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Weir.Studio.Home;
using Weir.Studio.Pages;

namespace Weir.Studio.Dashboards;

/// <summary><c>/dashboards/NAME</c> and each tile's rows, <c>/dashboards/NAME/0.csv</c>.</summary>
internal static class DashboardEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, StudioOptions options, TimeProvider time)
    {
        var reader = new DashboardReader(options, time);
        routes.MapGet("/dashboards/{name}", async (string name, HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            var theme = http.Request.Cookies[HomeEndpoints.ThemeCookie] is "light" or "dark" ? http.Request.Cookies[HomeEndpoints.ThemeCookie] : null;
            var view = await reader.ReadAsync(Address(name, http.Request), http.RequestAborted);
            return view is null ? Results.Text($"There is no dashboards/{name}.yml in this project.\n", statusCode: StatusCodes.Status404NotFound)
                : (IResult)new RazorComponentResult<DashboardPage>(new { View = view, Theme = theme });
        });
        routes.MapGet("/dashboards/{name}/{tile:int}.csv", async (string name, int tile, HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            var view = await reader.ReadAsync(Address(name, http.Request), http.RequestAborted);
            return view is null || tile < 0 || tile >= view.Tiles.Count || TileCsv.Write(view.Tiles[tile]) is not { } rows ? Results.NotFound()
                : Results.File(System.Text.Encoding.UTF8.GetBytes(rows), "text/csv; charset=utf-8", $"{name}-{tile}.csv");
        });
    }

    private static DashboardAddress Address(string name, HttpRequest request) => new(
        name, Text(request, "range"), Text(request, "compare"), Text(request, "grain"), DashboardFilter.Read(request.Query["where"]));

    private static string? Text(HttpRequest request, string key) => request.Query[key].ToString() is { Length: > 0 and <= 20 } text && text.All(char.IsAsciiLetterOrDigit) ? text : null;
}
