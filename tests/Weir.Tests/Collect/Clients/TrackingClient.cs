using System.Text.Json;

namespace Weir.Tests.Collect.Clients;

/// <summary>The real clients from npm, unmodified, run by Node in <c>tests/clients</c>.</summary>
internal static class TrackingClient
{
    public static readonly Npm Npm = new("clients");

    /// <summary>Lets a client make calls, each a method's name and its arguments, with its default settings. What the client reports as failed.</summary>
    public static async Task<string[]> RunAsync(string client, Uri url, string key, object[][] calls, Dictionary<string, string>? environment = null, string options = "{}")
    {
        Require.That(Npm.WhyNot("posthog-node") is null, "clients", Npm.WhyNot("posthog-node") ?? "");
        var (exit, output, error) = await Task.Run(() =>
            Npm.Run(Npm.Folder, "node", JsonSerializer.Serialize(calls), environment, $"{client}.mjs", url.ToString().TrimEnd('/'), key, options));
        exit.ShouldBe(0, error);
        using var report = JsonDocument.Parse(output);
        return [.. report.RootElement.GetProperty("errors").EnumerateArray().Select(e => e.GetString()!)];
    }
}
