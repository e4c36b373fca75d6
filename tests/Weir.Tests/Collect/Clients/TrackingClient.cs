using System.Text.Json;

namespace Weir.Tests.Collect.Clients;

/// <summary>The real clients from npm, unmodified, run by Node in <c>tests/clients</c>.</summary>
internal static class TrackingClient
{
    public static readonly Npm Npm = new("clients");

    /// <summary>Lets a client make calls, each a method's name and its arguments, with its default settings. The errors that it tells its application.</summary>
    public static async Task<string[]> RunAsync(string client, Uri url, string key, object[][] calls, Dictionary<string, string>? environment = null, string options = "{}") =>
        (await ReportAsync(client, url, key, calls, environment, options)).Errors;

    /// <summary>The same, with how many events it gave up, where it says so of each.</summary>
    public static async Task<(string[] Errors, int Failed)> ReportAsync(string client, Uri url, string key, object[][] calls, Dictionary<string, string>? environment = null, string options = "{}")
    {
        Require.That(Npm.WhyNot("posthog-node") is null, "clients", Npm.WhyNot("posthog-node") ?? "");
        var (exit, output, error) = await Task.Run(() =>
            Npm.Run(Npm.Folder, "node", JsonSerializer.Serialize(calls), environment, $"{client}.mjs", url.ToString().TrimEnd('/'), key, options));
        exit.ShouldBe(0, error);
        using var report = JsonDocument.Parse(output);
        string[] errors = [.. report.RootElement.GetProperty("errors").EnumerateArray().Select(e => e.GetString()!)];
        var failed = report.RootElement.GetProperty("failed").GetInt32();
        return (failed > 0 && errors.Length == 0 ? [$"{failed} events failed"] : errors, failed);
    }
}
