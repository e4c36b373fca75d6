using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Journal.Kafka.Wire;

/// <summary>Logs a connection in: PLAIN (RFC 4616) and SCRAM (RFC 5802).</summary>
internal static class SaslLogin
{
    private const short Handshake = 17, Authenticate = 36;

    /// <exception cref="NotSupportedException">Another mechanism: then a topic's id is not known.</exception>
    /// <exception cref="UnauthorizedAccessException">The broker refuses.</exception>
    public static async Task RunAsync(WireConnection connection, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var mechanism = (settings.GetValueOrDefault("sasl.mechanism") ?? settings.GetValueOrDefault("sasl.mechanisms") ?? "GSSAPI").ToUpperInvariant();
        if (mechanism is not ("PLAIN" or "SCRAM-SHA-256" or "SCRAM-SHA-512")) throw new NotSupportedException($"{mechanism} is librdkafka's alone.");
        var (user, password) = (settings.GetValueOrDefault("sasl.username", ""), settings.GetValueOrDefault("sasl.password", ""));
        CheckError(await connection.AskAsync(Handshake, 1, false, w => w.Text(mechanism), cancellationToken), hasMessage: false);
        if (mechanism == "PLAIN") await SayAsync(connection, Encoding.UTF8.GetBytes($"\0{user}\0{password}"), cancellationToken);
        else await ScramAsync(connection, mechanism.EndsWith("512", StringComparison.Ordinal) ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256, user, password, cancellationToken);
    }

    private static async Task ScramAsync(WireConnection connection, HashAlgorithmName hash, string user, string password, CancellationToken cancellationToken)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var first = $"n={user.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal)},r={nonce}";
        var challenge = Encoding.UTF8.GetString(await SayAsync(connection, Encoding.UTF8.GetBytes("n,," + first), cancellationToken));
        var said = challenge.Split(',').Where(p => p.Length > 2).ToDictionary(p => p[0], p => p[2..]);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, Convert.FromBase64String(said['s']), int.Parse(said['i'], CultureInfo.InvariantCulture), hash, hash == HashAlgorithmName.SHA512 ? 64 : 32);
        var key = Hmac(hash, salted, "Client Key");
        var last = $"c=biws,r={said['r']}";
        var proof = Hmac(hash, CryptographicOperations.HashData(hash, key), $"{first},{challenge},{last}");
        for (var i = 0; i < proof.Length; i++) proof[i] ^= key[i];
        await SayAsync(connection, Encoding.UTF8.GetBytes($"{last},p={Convert.ToBase64String(proof)}"), cancellationToken);
    }

    private static byte[] Hmac(HashAlgorithmName hash, byte[] key, string text) => CryptographicOperations.HmacData(hash, key, Encoding.UTF8.GetBytes(text));

    private static async Task<byte[]> SayAsync(WireConnection connection, byte[] what, CancellationToken cancellationToken) =>
        CheckError(await connection.AskAsync(Authenticate, 0, false, w => w.Blob(what), cancellationToken), hasMessage: true);

    private static byte[] CheckError(byte[] answer, bool hasMessage)
    {
        var reader = new WireReader(answer);
        if (reader.Int16() is var code and not 0) throw new UnauthorizedAccessException($"the broker does not let us log in (error {code}{(hasMessage ? $": {reader.Text()}" : "")})");
        if (!hasMessage) return [];
        reader.Text();
        return reader.Blob().ToArray();
    }
}
