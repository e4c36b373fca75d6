using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Weir.Studio.Dashboards;
using Weir.Studio.Home;
using Weir.Studio.Hosting;

namespace Weir.Studio;

/// <summary>The Studio's routes: <c>/</c> (Home), <c>/dashboards/…</c>, <c>/home/minutes</c> (the part that is fetched anew every ten seconds) and <c>/assets/…</c>.</summary>
public static class StudioEndpoints
{
    /// <summary>Maps the pages. Each answer carries the content security policy; a request under a foreign <c>Host</c> is refused (WEIR9006).</summary>
    /// <returns>Where further routes come under the same guard.</returns>
    /// <exception cref="WeirException">WEIR9007: the Studio's files are not beside the program.</exception>
    public static RouteGroupBuilder Map(IEndpointRouteBuilder routes, StudioOptions options)
    {
        var pages = routes.MapGroup("").AddEndpointFilter(new PageGuard(options.AllowedHosts));
        var time = routes.ServiceProvider.GetRequiredService<TimeProvider>();
        WebFiles.Map(pages, Path.Combine(AppContext.BaseDirectory, "studio"));
        HomeEndpoints.Map(pages, options, time);
        DashboardEndpoints.Map(pages, options, time);
        return pages;
    }
}
