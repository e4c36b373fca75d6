using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Weir.Journal.Kafka.Wire;

/// <summary>One connection to a broker, for the little that librdkafka does not tell (a topic's id): secured and logged in by the same settings.</summary>
internal sealed class WireConnection : IDisposable
{
    private const int MaxAnswer = 64 << 20;
    private readonly TcpClient tcp = new() { NoDelay = true };
    private Stream stream = Stream.Null;
    private int correlation;

    private WireConnection()
    {
    }

    /// <exception cref="NotSupportedException">The settings ask for a way to log in that only librdkafka knows.</exception>
    public static async Task<WireConnection> OpenAsync(string host, int port, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var connection = new WireConnection();
        try
        {
            await connection.tcp.ConnectAsync(host, port, cancellationToken);
            connection.stream = connection.tcp.GetStream();
            var protocol = settings.GetValueOrDefault("security.protocol", "plaintext").ToLowerInvariant();
            if (protocol is "ssl" or "sasl_ssl") await connection.SecureAsync(host, settings, cancellationToken);
            if (protocol is "sasl_plaintext" or "sasl_ssl") await SaslLogin.RunAsync(connection, settings, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request, and gives what follows the answer's header.</summary>
    public async Task<byte[]> AskAsync(short api, short version, bool isFlexible, Action<WireWriter> body, CancellationToken cancellationToken)
    {
        var request = new WireWriter(api, version, ++correlation, isFlexible);
        body(request);
        await stream.WriteAsync(request.ToArray(), cancellationToken);
        var prefix = new byte[4];
        await stream.ReadExactlyAsync(prefix, cancellationToken);
        var length = BinaryPrimitives.ReadInt32BigEndian(prefix);
        if (length is < 4 or > MaxAnswer) throw new InvalidDataException($"The broker announces an answer of {length} bytes: it does not speak Kafka's protocol here.");
        var answer = new byte[length];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return answer[4..]; // the correlation: one request is under way at a time
    }

    private async Task SecureAsync(string host, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var verify = settings.GetValueOrDefault("enable.ssl.certificate.verification", "true") != "false";
        var named = settings.GetValueOrDefault("ssl.endpoint.identification.algorithm", "none") == "https";
        var options = new SslClientAuthenticationOptions { TargetHost = host };
        X509Certificate2Collection? authorities = null;
        if (settings.GetValueOrDefault("ssl.ca.location") is { } file && File.Exists(file))
        {
            authorities = [];
            authorities.ImportFromPemFile(file);
        }
        if (settings.GetValueOrDefault("ssl.certificate.location") is { } certificate)
            options.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate, settings.GetValueOrDefault("ssl.key.location"))];
        options.RemoteCertificateValidationCallback = (_, remote, chain, errors) =>
        {
            if (!verify) return true;
            if (!named) errors &= ~SslPolicyErrors.RemoteCertificateNameMismatch; // as librdkafka 2.0 has it
            if (errors == SslPolicyErrors.None) return true;
            if (authorities is null || remote is null || chain is null || errors != SslPolicyErrors.RemoteCertificateChainErrors) return false;
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            return chain.Build(new X509Certificate2(remote));
        };
        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        stream = secure;
        await secure.AuthenticateAsClientAsync(options, cancellationToken);
    }

    public void Dispose()
    {
        stream.Dispose();
        tcp.Dispose();
    }
}
