using System.Diagnostics;
using System.Net;

namespace Weir.Tests.Studio;

public class WebTests
{
    [Fact]
    public async Task Every_answer_forbids_script_that_is_not_a_file_of_the_Studio()
    {
        await using var server = await Start();
        foreach (var path in new[] { "/", "/home/minutes", "/assets/elements/weir-chart.js" })
        {
            using var answer = await server.Client.GetAsync(path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("default-src 'self'");
            policy.ShouldContain("script-src 'self';");
            policy.ShouldContain("style-src 'self';");
            policy.ShouldContain("style-src-attr 'unsafe-inline'");
            policy.ShouldContain("frame-ancestors 'none'");
            answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        }
    }

    [Theory]
    [InlineData("/assets/studio.css", "text/css")]
    [InlineData("/assets/elements/weir-chart.js", "text/javascript")]
    [InlineData("/assets/lib/echarts.esm.min.js", "text/javascript")]
    [InlineData("/assets/lib/htmx.min.js", "text/javascript")]
    [InlineData("/assets/lib/inter-latin-opsz-normal.woff2", "font/woff2")]
    [InlineData("/assets/icon.svg", "image/svg+xml")]
    public async Task Its_files_lie_beside_the_program_and_are_asked_for_again_only_if_changed(string path, string type)
    {
        await using var server = await Start();
        using var first = await server.Client.GetAsync(path);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        (await server.Client.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("/assets/nothing.css")]
    [InlineData("/assets/..%2f..%2fweir.dll")]
    [InlineData("/assets/%2e%2e/weir.dll")]
    public async Task Nothing_else_is_served(string path)
    {
        await using var server = await Start();
        (await server.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_chosen_palette_is_drawn_by_the_server()
    {
        await using var server = await Start();
        (await server.GetAsync()).ShouldContain("<html lang=\"en\">");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", "weir-theme=dark");
        using var answer = await server.Client.SendAsync(request);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("data-theme=\"dark\"");
    }

    [Fact]
    public async Task The_chart_s_modules_pass_their_own_tests()
    {
        var start = new ProcessStartInfo("node", ["--test", Path.Combine(Repository.Root, "tests", "Weir.Tests", "Studio", "elements.test.mjs")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["WEIR_ELEMENTS"] = Path.Combine(Repository.Root, "src", "Weir.Studio", "wwwroot", "elements");
        Process node;
        try
        {
            node = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Require.That(false, "node", "Node.js is not installed");
            return;
        }

        using (node)
        {
            var output = await node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            node.ExitCode.ShouldBe(0, output);
        }
    }

    [Fact]
    public void An_element_is_small_and_checked()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "src", "Weir.Studio", "wwwroot", "elements"), "*.js"))
        {
            var lines = File.ReadAllLines(file);
            lines[0].ShouldBe("// @ts-check", file);
            lines.Length.ShouldBeLessThanOrEqualTo(150, file);
        }
    }

    private static Task<StudioServer> Start()
    {
        var data = new SampleData();
        data.UseWarehouse(SampleShop.Statements);
        return StudioServer.StartAsync(data);
    }
}
