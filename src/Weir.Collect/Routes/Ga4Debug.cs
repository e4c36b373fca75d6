using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Weir.Collect.Requests;

namespace Weir.Collect.Routes;

/// <summary><c>POST /debug/mp/collect</c>: says what Google would find wrong with a request, and takes nothing.</summary>
internal sealed class Ga4Debug(WriteKeys keys, BodyReader bodies, TimeProvider time)
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);
    private readonly Ga4Route route = new();

    public async Task HandleAsync(HttpContext http)
    {
        CrossOrigin.Allow(http);
        try
        {
            using var body = await bodies.ReadAsync(http.Request, route);
            var check = new Ga4Check(time.GetUtcNow());
            if (keys.Find(http.Request, route.KeyParameter) is null) check.Add("api_secret", "VALUE_INVALID", "No source of this collector has this api_secret as its write key.");
            check.Request(http.Request.Query.ContainsKey("firebase_app_id"), body.Bytes);
            await Answers.JsonAsync(http.Response, StatusCodes.Status200OK, JsonSerializer.Serialize(new { validationMessages = check.Messages }, Names));
        }
        catch (WeirException e)
        {
            await Answers.RefuseAsync(http.Response, e, route, TimeSpan.Zero);
        }
    }
}
