using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Weir.Collect.Routes;
using Weir.Journal;

namespace Weir.Collect.Requests;

/// <summary>
/// Answers that make clients do the right thing: what passes by itself is 503, which every SDK sends again; a 4xx, which makes them drop the
/// batch for good, only for what would never be taken.
/// </summary>
internal static class Answers
{
    public static Task JsonAsync(HttpResponse response, int status, string json)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        return response.WriteAsync(json);
    }

    public static Task BytesAsync(HttpResponse response, string type, ReadOnlyMemory<byte> body)
    {
        response.ContentType = type;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }

    /// <param name="response">The answer.</param>
    /// <param name="e">Why.</param>
    /// <param name="route">Whose clients hear it.</param>
    /// <param name="wait">When to send again; zero: by the reason.</param>
    public static Task RefuseAsync(HttpResponse response, WeirException e, IRoute route, TimeSpan wait)
    {
        var status = StatusOf(e.Code, route);
        if (e.Code == "WEIR3007")
        {
            response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return JsonAsync(response, route.Retries429 ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable, Body(e.Code, e.Message));
        }
        if (status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        if (status != StatusCodes.Status503ServiceUnavailable)
            return JsonAsync(response, status, Body(e.Code, e.Message));
        // The journal's own message names folders: it is for the operator, not for clients.
        response.Headers.RetryAfter = e.Code is "WEIR2002" or "WEIR2003" or "WEIR2031" ? "10" : "1";
        return JsonAsync(response, status, Body(e.Code, "The events were not taken. Send them again."));
    }

    public static Task HealthAsync(HttpContext http, IJournalAppender writer) => writer.IsFull
        ? JsonAsync(http.Response, StatusCodes.Status503ServiceUnavailable, """{"status":"full"}""")
        : JsonAsync(http.Response, StatusCodes.Status200OK, """{"status":"ok"}""");

    private static string Body(string code, string message) => JsonSerializer.Serialize(new { success = false, code, message });

    private static int StatusOf(string code, IRoute route) => code switch
    {
        "WEIR3001" => StatusCodes.Status401Unauthorized,
        "WEIR3002" or "WEIR2010" or "WEIR2036" => route.TooLarge,
        "WEIR3003" => StatusCodes.Status415UnsupportedMediaType,
        "WEIR3004" or "WEIR3005" => StatusCodes.Status400BadRequest,
        "WEIR3008" => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status503ServiceUnavailable,
    };
}
