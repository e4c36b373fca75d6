using Amazon.Runtime;

namespace Weir.Lake.S3;

/// <summary>Where a lake's objects are, and how much of them is kept beside for reading. Credentials come from where AWS's own tools look for them: environment variables, profile, role.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What every key begins with, without slashes at its ends; empty: nothing.</param>
/// <param name="Folder">A folder of this machine, for this lake only: what is read or written just now, and the read cache.</param>
public sealed record S3Options(string Bucket, string Prefix, string Folder)
{
    /// <summary>The server's address; null: AWS.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The region, as the signature names it.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The storage class of data files; null: the bucket's own.</summary>
    public string? StorageClass { get; init; }

    /// <summary>How much the read cache may hold, bytes.</summary>
    public long CacheBytes { get; init; } = 20_000_000_000;

    /// <summary>How often a request that failed is sent again.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>How long a request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>For how long a file that was read is not taken from the cache: a reader may still open it.</summary>
    public TimeSpan KeepRead { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>From this size on a file is sent in parts, several at a time.</summary>
    internal long MultipartFrom { get; init; } = 32L << 20;

    /// <summary>Instead of those of the environment.</summary>
    internal AWSCredentials? Credentials { get; init; }

    /// <summary>The lake, as people write it.</summary>
    public string Url => Prefix.Length == 0 ? $"s3://{Bucket}" : $"s3://{Bucket}/{Prefix}";

    /// <summary>The server, as people write it.</summary>
    internal string Server => Endpoint is null ? $"AWS ({Region})" : Endpoint.GetLeftPart(UriPartial.Authority);
}
