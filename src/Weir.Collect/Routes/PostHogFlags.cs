using Microsoft.AspNetCore.Http;
using Weir.Collect.Requests;

namespace Weir.Collect.Routes;

/// <summary><c>/flags/</c> and <c>/decide/</c>: Weir has no feature flags, and says so in a way that no client stumbles over.</summary>
internal static class PostHogFlags
{
    private const string None =
        """{"flags":{},"featureFlags":{},"featureFlagPayloads":{},"errorsWhileComputingFlags":false,"sessionRecording":false,"supportedCompression":["gzip","gzip-js"],"config":{"enable_collect_everything":true},"toolbarParams":{},"isAuthenticated":false,"surveys":false}""";

    public static Task AnswerAsync(HttpContext http)
    {
        CrossOrigin.Allow(http);
        return Answers.JsonAsync(http.Response, StatusCodes.Status200OK, None);
    }
}
