using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Weir.Configuration;
using Weir.Output;

namespace Weir.Roles.Ownership;

/// <summary>Lets the process that has the warehouse run a command, and shows what it says as if it ran here. Ending the connection cancels it.</summary>
internal sealed class OwnerClient(OwnerFile owner)
{
    public async Task<int> RunAsync(ProjectSettings settings, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (owner.Version != OwnerFile.ThisVersion) throw OwnerErrors.OtherVersion(owner.ProcessId, owner.Version, OwnerFile.ThisVersion);
        var profile = People.Console.Profile;
        var request = new OwnerRequest(OwnerFile.ThisVersion, arguments, settings.Folder, settings.DataFolder, settings.Environment,
            ProjectVariables.Read(settings.Folder), profile.Capabilities.Ansi, profile.Width);
        using var client = new HttpClient { BaseAddress = owner.Address, Timeout = Timeout.InfiniteTimeSpan };
        using var message = new HttpRequestMessage(HttpMethod.Post, OwnerEndpoint.Path) { Content = JsonContent.Create(request, options: OwnerOutput.Json) };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", owner.Token);
        try
        {
            using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            answer.EnsureSuccessStatusCode();
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
            return await ShowAsync(lines, null, cancellationToken) ?? throw OwnerErrors.Gone(owner.ProcessId);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw OwnerErrors.Gone(owner.ProcessId);
        }
    }

    /// <summary>Shows lines until the command, or the step with progress, has ended; the exit code in the first case.</summary>
    private static async Task<int?> ShowAsync(StreamReader lines, Action<double, string>? report, CancellationToken cancellationToken)
    {
        while (await lines.ReadLineAsync(cancellationToken) is { } text)
        {
            var line = JsonSerializer.Deserialize<OwnerLine>(text)!;
            if (line.Out is not null) await Console.Out.WriteAsync(line.Out);
            if (line.Error is not null) await Console.Error.WriteAsync(line.Error);
            if (line.Done is { } done) report?.Invoke(done, line.Text ?? "");
            if (line.Begin is { } title && await People.WithProgress(title, inner => ShowAsync(lines, inner, cancellationToken)) is { } early) return early;
            if (line.End == true) return null;
            if (line.Exit is { } exit) return exit;
        }
        return null;
    }
}
