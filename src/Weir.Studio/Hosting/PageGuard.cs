using System.Net;
using Microsoft.AspNetCore.Http;

namespace Weir.Studio.Hosting;

/// <summary>
/// Guards every Studio answer. A page of another site could make a browser ask a loopback port under its own name (DNS rebinding):
/// so only loopback names and those allowed are answered. The policy forbids inline script; inline style attributes are what tooltips use.
/// </summary>
internal sealed class PageGuard(IReadOnlyList<string> allowedHosts) : IEndpointFilter
{
    internal const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (IsAllowed(http.Request.Host)) return next(context);
        return ValueTask.FromResult<object?>(Results.Text(
            $"WEIR9006: the Studio does not answer to the host name '{http.Request.Host.Host}'. Open it as http://127.0.0.1:{http.Connection.LocalPort}/ .\n", "text/plain", statusCode: StatusCodes.Status421MisdirectedRequest));
    }

    internal bool IsAllowed(HostString host)
    {
        var name = host.Host.Trim('[', ']');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address))
            || allowedHosts.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
