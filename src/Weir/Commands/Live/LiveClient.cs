using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using Weir.Output;
using Weir.Roles.Live;
using Weir.Roles.Ownership;
using Weir.Roles.Supervision;
using Weir.Storage;

namespace Weir.Commands.Live;

/// <summary>Follows the live tap of the running <c>weir up</c>, whose address and token are in <c>run/owner.json</c>; if its process is replaced, that of the next one.</summary>
internal sealed class LiveClient(string dataFolder, string query, LiveOutput output)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <exception cref="WeirException">WEIR1019: another version of Weir. WEIR1031: it has ended. WEIR9020: too many watch.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        for (var isFirst = true; ;)
        {
            try
            {
                if (OwnerFile.Read(dataFolder) is { } owner)
                {
                    await FollowAsync(client, owner, isFirst, cancellationToken);
                    isFirst = false;
                    output.Flush();
                    if (RolesFile.Read(dataFolder, LocalDisk.Instance) is not null) People.Warn("The connection has ended. Waiting for 'weir up' to serve again");
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
            {
                // It is ending or starting.
            }
            if (OwnerFile.Read(dataFolder) is null && RolesFile.Read(dataFolder, LocalDisk.Instance) is null)
                throw new WeirException("WEIR1031", $"There is nothing to follow any more: the 'weir up' of '{dataFolder}' has ended. What was received is durable; start 'weir up' again, then follow again.");
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Returns when the connection, once it stood, ends.</summary>
    private async Task FollowAsync(HttpClient client, OwnerFile owner, bool isFirst, CancellationToken cancellationToken)
    {
        if (owner.Version != OwnerFile.ThisVersion) throw OwnerErrors.OtherVersion(owner.ProcessId, owner.Version, OwnerFile.ThisVersion);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(owner.Address, $"{LiveEndpoint.Path}?{query}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", owner.Token);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadRequest)
        {
            var words = (await answer.Content.ReadAsStringAsync(cancellationToken)).Trim().Split(": ", 2);
            throw new WeirException(words[0], words[^1]);
        }
        answer.EnsureSuccessStatusCode();
        if (isFirst) People.Say("  Events as they arrive; Ctrl-C ends. Each is pending until the commit that holds it");
        else People.Warn("Following again. What arrived in between is not shown here");
        try
        {
            await ShowAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken);
        }
        catch (Exception e) when (e is IOException && !cancellationToken.IsCancellationRequested)
        {
            // The process at the other end is gone.
        }
    }

    /// <summary>What came is on the screen before the next is waited for.</summary>
    private async Task ShowAsync(Stream answer, CancellationToken cancellationToken)
    {
        await using var messages = SseParser.Create(answer, (_, json) => json.ToArray()).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        for (var next = messages.MoveNextAsync().AsTask(); ; next = messages.MoveNextAsync().AsTask())
        {
            if (!next.IsCompleted) output.Flush();
            if (!await next) return;
            output.Show(messages.Current.EventType, messages.Current.Data);
        }
    }
}
