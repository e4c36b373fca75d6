using System.Net;
using Microsoft.AspNetCore.Http;

namespace Weir.Studio.Hosting;

/// <summary>
/// Guards every Studio answer. A page of another site could make a browser ask a loopback port under its own name (DNS rebinding):
/// so only loopback names and those allowed are answered. Nor may it ask under the Studio's name: what a browser says comes from elsewhere is refused,
/// all but a link that a person follows. The policy forbids inline script; inline style attributes are what tooltips use.
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
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (!IsAllowed(http.Request.Host))
        {
            return Refuse(StatusCodes.Status421MisdirectedRequest,
                $"WEIR9006: the Studio does not answer to the host name '{http.Request.Host.Host}'. Open it as http://127.0.0.1:{http.Connection.LocalPort}/ , or list the name under studio.hosts in weir.yml.\n");
        }
        if (Foreign(http.Request) is { } origin)
            return Refuse(StatusCodes.Status403Forbidden, $"WEIR9009: the Studio does not answer to pages of other sites, and this request came from {origin}. Open the Studio's own address.\n");
        return next(context);
    }

    /// <summary>Where a request comes from, if a browser says that it is not the Studio's own page; null otherwise, and for programs that are no browsers.</summary>
    internal static string? Foreign(HttpRequest request)
    {
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin)
        {
            // The same host under another port is another program: it is as foreign as any.
            var isOwn = Uri.TryCreate(origin, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")
                && new HostString(uri.Authority).Equals(new HostString(request.Host.Value ?? ""));
            if (!isOwn) return origin;
        }
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "" or "same-origin" or "none") return null;
        var isLink = HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document";
        return isLink ? null : "another site";
    }

    private static ValueTask<object?> Refuse(int status, string sentence) => ValueTask.FromResult<object?>(Results.Text(sentence, "text/plain", statusCode: status));

    internal bool IsAllowed(HostString host)
    {
        var name = host.Host.Trim('[', ']');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address))
            || allowedHosts.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
