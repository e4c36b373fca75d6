using System.Net;
using Weir.Land;
using Weir.Roles;
using Weir.Tests.Acceptance;

namespace Weir.Tests.Roles;

public class LandHealthTests
{
    [Fact]
    public async Task It_answers_503_with_the_reason_until_something_can_be_landed_and_200_then()
    {
        var (health, port) = (new LandHealth(), Up.FreePort());
        await using var server = await health.ServeAsync(port, TimeProvider.System, CancellationToken.None);
        using var client = new HttpClient();
        async Task ShouldAnswer(HttpStatusCode status, string text)
        {
            using var answer = await client.GetAsync($"http://127.0.0.1:{port}/health");
            (answer.StatusCode, await answer.Content.ReadAsStringAsync()).ShouldBe((status, text));
        }

        var waits = new StreamProblem("s", "web", 0, "WEIR2031", "Kafka does not answer.");
        await ShouldAnswer(HttpStatusCode.ServiceUnavailable, """{"status":"starting","why":null}""");
        health.Landed(0, []); // another has the partitions
        await ShouldAnswer(HttpStatusCode.OK, """{"status":"ok","why":null}""");
        health.Landed(2, [waits]); // the other stream lands
        await ShouldAnswer(HttpStatusCode.OK, """{"status":"ok","why":null}""");
        health.Landed(1, [waits]);
        await ShouldAnswer(HttpStatusCode.ServiceUnavailable, """{"status":"waiting","why":"Kafka does not answer."}""");
        health.Stopped("The lake is away.");
        await ShouldAnswer(HttpStatusCode.ServiceUnavailable, """{"status":"waiting","why":"The lake is away."}""");
    }
}
