using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Weir.Tests.Acceptance;

/// <summary>Few words for tests of <c>weir up</c>.</summary>
internal static class Up
{
    public static async Task<(int Status, string Body)> Post(HttpClient client, string url, string body, AuthenticationHeaderValue key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = key;
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static async Task Eventually(Func<Task<bool>> isSo, WeirProcess up)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            if (up.HasExited) Assert.Fail($"up has ended: {up.Error}");
            try
            {
                if (await isSo()) return;
            }
            catch (HttpRequestException) { } // not listening yet
            await Task.Delay(200);
        }
        Assert.Fail($"It did not come about within a minute. {up.Error}");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
