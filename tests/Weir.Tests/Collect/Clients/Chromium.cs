using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Weir.Tests.Collect.Clients;

/// <summary>A page of another origin than the collector, opened by a real browser.</summary>
internal static class Chromium
{
    private const string Program = "/usr/bin/chromium";

    /// <summary>Opens <c>tests/clients/browser.html</c> and waits for what the page says when it has sent all.</summary>
    public static async Task<string> OpenAsync(Uri collector, string options, int further = 0)
    {
        Require.That(File.Exists(Program), "chromium", $"{Program} is not installed");
        Require.That(TrackingClient.Npm.WhyNot("posthog-node") is null, "clients", TrackingClient.Npm.WhyNot("posthog-node") ?? "");
        var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await HostAsync(said);
        var profile = Directory.CreateTempSubdirectory("weir-chromium-");
        var page = $"{host.Urls.Single()}/page?collector={Uri.EscapeDataString(collector.ToString().TrimEnd('/'))}&options={Uri.EscapeDataString(options)}&utm_source=nl&count={further}";
        using var browser = Process.Start(new ProcessStartInfo(Program,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--lang=de", $"--user-data-dir={profile.FullName}", page])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        browser.BeginErrorReadLine();
        browser.BeginOutputReadLine();
        try
        {
            return await said.Task.WaitAsync(TimeSpan.FromSeconds(90 + further / 20.0));
        }
        finally
        {
            browser.Kill(entireProcessTree: true);
            await browser.WaitForExitAsync();
            try { profile.Delete(recursive: true); }
            catch (IOException) { /* a process of its own still closes files there */ }
        }
    }

    private static async Task<WebApplication> HostAsync(TaskCompletionSource<string> said)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var folder = TrackingClient.Npm.Folder;
        app.MapGet("/page", () => Results.Text(File.ReadAllText(Path.Combine(folder, "browser.html")), "text/html"));
        app.MapGet("/lib/{**path}", (string path) => Results.Text(File.ReadAllText(Path.Combine(folder, "node_modules", path)), "text/javascript"));
        app.MapPost("/done", async (HttpRequest request) => said.TrySetResult(await new StreamReader(request.Body).ReadToEndAsync()));
        await app.StartAsync();
        return app;
    }
}
