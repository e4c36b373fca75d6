using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Microsoft.AspNetCore.Http;
using Weir.Lake.S3;
using Weir.Tests.Storage;

namespace Weir.Tests.Lake.S3;

/// <summary>What the server, or the way to it, refuses, is a sentence; never with a secret. WEIR6024 and WEIR6025: <see cref="CacheTests"/>.</summary>
public sealed class ErrorTests : IDisposable
{
    private const string Secret = "hush-hush-hush-hush";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_port_where_nothing_listens_is_WEIR6020()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        Refused(At($"http://127.0.0.1:{port}"), "WEIR6020").ShouldContain($"nothing listens at 127.0.0.1, port {port}");
    }

    [Fact]
    public void A_name_that_nobody_knows_is_WEIR6020() => Refused(At("http://no-such-host.invalid:9000"), "WEIR6020").ShouldContain("'no-such-host.invalid' is not known here");

    [Fact]
    public async Task A_server_without_TLS_that_is_asked_for_it_is_WEIR6020()
    {
        await using var plain = await FrontServer.StartAsync(c => Task.CompletedTask);
        Refused(At($"https://127.0.0.1:{plain.Address.Port}"), "WEIR6020").ShouldContain("no TLS connection");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_WEIR6020()
    {
        await using var silent = await FrontServer.StartAsync(c => Task.Delay(Timeout.Infinite, c.RequestAborted));
        Refused(At(silent.Address.ToString()) with { Timeout = TimeSpan.FromSeconds(1) }, "WEIR6020").ShouldContain("no answer");
    }

    [Fact] // L13
    public async Task A_server_that_ignores_conditions_is_WEIR6026()
    {
        await using var careless = await FrontServer.StartAsync(async c =>
        {
            if (c.Request.Method != "GET") return;
            c.Response.ContentType = "application/xml";
            await c.Response.WriteAsync("<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
        });
        Refused(At(careless.Address.ToString()), "WEIR6026").ShouldContain("If-None-Match");
    }

    [Fact]
    public async Task An_answer_that_is_no_success_is_WEIR6023()
    {
        await using var broken = await FrontServer.StartAsync(c =>
        {
            c.Response.StatusCode = 507;
            return Task.CompletedTask;
        });
        Refused(At(broken.Address.ToString()), "WEIR6023").ShouldContain("507");
    }

    [Fact]
    public async Task Credentials_that_are_refused_are_WEIR6021()
    {
        var server = await S3Server.GetAsync();
        Refused(At(server.Endpoint.ToString()), "WEIR6021").ShouldContain("refuses the credentials");
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_WEIR6022()
    {
        var server = await S3Server.GetAsync();
        Refused(server.NewLake(folder.Path) with { Bucket = "no-such-bucket" }, "WEIR6022").ShouldContain("has no bucket 'no-such-bucket'");
    }

    [Fact]
    public async Task Nothing_wrong_is_said_of_a_lake_that_is_well()
    {
        var server = await S3Server.GetAsync();
        var at = server.NewLake(folder.Path);
        using var disk = new S3LakeDisk(at);
        disk.Check();
        (await server.KeysAsync(at)).ShouldBeEmpty();
    }

    private S3Options At(string endpoint) => new("lake", "prefix", folder.Path) { Endpoint = new Uri(endpoint), Retries = 1, Credentials = new BasicAWSCredentials("SOMEBODY", Secret) };

    private static string Refused(S3Options options, string code)
    {
        using var disk = new S3LakeDisk(options);
        var error = Should.Throw<WeirException>(disk.Check);
        error.Code.ShouldBe(code, error.Message);
        error.ToString().ShouldNotContain(Secret);
        error.Message.ShouldContain(options.Url);
        return error.Message;
    }
}
