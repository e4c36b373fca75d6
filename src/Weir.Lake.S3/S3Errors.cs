using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using Amazon.S3;

namespace Weir.Lake.S3;

/// <summary>What the server or the way to it refused, as sentences; each code has a page in <c>docs/errors/</c>. Never with a key or a signature.</summary>
internal static class S3Errors
{
    /// <summary>The server cannot be reached.</summary>
    public const string Unreachable = "WEIR6020";
    /// <summary>There are no credentials, or the server refuses them.</summary>
    public const string Refused = "WEIR6021";
    /// <summary>There is no such bucket.</summary>
    public const string NoBucket = "WEIR6022";
    /// <summary>Any other answer that is no success.</summary>
    public const string Failed = "WEIR6023";
    /// <summary>What is to be read at once is larger than the read cache.</summary>
    public const string CacheTooSmall = "WEIR6024";
    /// <summary>A file came otherwise than it was written.</summary>
    public const string Damaged = "WEIR6025";
    /// <summary>The server overwrites what a conditional put must leave.</summary>
    public const string NotConditional = "WEIR6026";

    private static readonly HashSet<string> OfCredentials = new(StringComparer.Ordinal)
    {
        "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "RequestTimeTooSkewed", "AuthorizationHeaderMalformed", "Forbidden", "AllAccessDisabled", "AccountProblem",
    };

    /// <summary>Whether it is a failure of server, network or credentials.</summary>
    public static bool IsKnown(Exception error) => error is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or SocketException or TimeoutException or TaskCanceledException;

    /// <summary>The sentence for a failure.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="options">Where.</param>
    /// <param name="what">What was tried: "read 'events/…'".</param>
    public static WeirException Of(Exception error, S3Options options, string what)
    {
        var begin = $"The lake {options.Url} could not {what}: ";
        const string Nothing = " What was acknowledged or committed stays; it is tried again.";
        if (error is AmazonS3Exception { StatusCode: not 0 } s3)
        {
            if (s3.ErrorCode == "NoSuchBucket")
                return new(NoBucket, $"{begin}{options.Server} has no bucket '{options.Bucket}'. Create it, or correct lake.url in weir.yml.{Nothing}", error);
            if (s3.StatusCode == HttpStatusCode.Forbidden || OfCredentials.Contains(s3.ErrorCode ?? ""))
                return new(Refused, $"{begin}{options.Server} refuses the credentials with {Name(s3)}. Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or the profile or role), that they may list, read, write and delete in "
                    + $"'{options.Bucket}', the region ({options.Region}), and this machine's clock.{Nothing}", error);
            return new(Failed, $"{begin}{options.Server} answered {(int)s3.StatusCode} {Name(s3)}, also after {options.Retries} retries{Hint(s3, options)}.{Nothing}", error);
        }
        if (Causes(error).Any(e => e is AmazonClientException && e.Message.Contains("credential", StringComparison.OrdinalIgnoreCase)))
            return new(Refused, $"{begin}there are no credentials for {options.Server}. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment of weir, or give it a profile or a role.{Nothing}", error);
        return new(Unreachable, $"{begin}{options.Server} cannot be reached, also after {options.Retries} retries: {Why(error, options)}{Nothing}", error);
    }

    public static WeirException OfCache(S3Options options, long needed, long inUse) => new(CacheTooSmall,
        $"{needed / 1e6:N0} MB of the lake {options.Url} are to be read at once, but its cache in '{options.Folder}' holds {options.CacheBytes / 1e6:N0} MB at most (lake.cache), of which {inUse / 1e6:N0} MB were in use "
        + $"within {options.KeepRead.TotalMinutes:N0} minutes. Raise lake.cache in weir.yml, or ask for less of the lake at a time.");

    public static WeirException OfDamage(S3Options options, string key, string what) => new(Damaged,
        $"The object '{key}' of the lake {options.Url} {what}. It was changed after it was written, or damaged on its way. Restore it from the bucket's versions or a copy; 'weir account --verify' tells which events it held.");

    public static WeirException OfIgnoredCondition(S3Options options) => new(NotConditional,
        $"{options.Server} overwrote an object that 'If-None-Match: *' must leave as it is, in the lake {options.Url}: two writers could take each other's commits away. Nothing was committed. "
        + "Use a server that knows conditional puts (AWS S3, Ceph 18 and later, MinIO of 2024 and later).");

    private static string Name(AmazonS3Exception error) => string.IsNullOrEmpty(error.ErrorCode) ? error.StatusCode.ToString() : error.ErrorCode;

    private static string Hint(AmazonS3Exception error, S3Options options) => error.ErrorCode switch
    {
        "InvalidStorageClass" or "InvalidArgument" when options.StorageClass is not null => $" (lake.storage_class is {options.StorageClass}: does the server have it?)",
        "PermanentRedirect" or "IllegalLocationConstraintException" => $" (is {options.Region} the bucket's region?)",
        _ => "",
    };

    private static string Why(Exception error, S3Options options)
    {
        var causes = Causes(error).ToList();
        var where = options.Endpoint is { } at ? $"{at.Host}, port {at.Port}" : options.Server;
        if (causes.OfType<AuthenticationException>().FirstOrDefault() is { } tls) return $"no TLS connection ({tls.Message.TrimEnd('.')}). Check that the address begins with the right one of http:// and https://, and that this machine trusts the server's certificate.";
        if (causes.Exists(e => e is TimeoutException or TaskCanceledException)) return $"no answer from {where} within {options.Timeout.TotalSeconds:N0} s. Check the network between, and the server's load.";
        if (causes.OfType<SocketException>().FirstOrDefault() is { } socket) return socket.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => $"the name '{options.Endpoint?.Host ?? options.Server}' is not known here. Correct lake.endpoint (or lake.region) in weir.yml, or this machine's name service.",
            SocketError.ConnectionRefused => $"nothing listens at {where}. Start the server, or correct the port in lake.endpoint.",
            _ => $"{socket.SocketErrorCode} at {where}. Check the address in lake.endpoint and the network between.",
        };
        return $"{causes[^1].Message.TrimEnd('.')} ({where}). Check lake.endpoint in weir.yml and the network between.";
    }

    private static IEnumerable<Exception> Causes(Exception? error)
    {
        for (; error is not null; error = error.InnerException) yield return error;
    }
}
