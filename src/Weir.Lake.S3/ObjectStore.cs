using System.Globalization;
using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using Weir.Identifiers;

namespace Weir.Lake.S3;

/// <summary>An object: its key, its length, when it was last written (UTC), and its storage class.</summary>
internal readonly record struct StoredObject(string Key, long Length, DateTime Written, string StorageClass);

/// <summary>The requests that a lake needs. Each is repeated by the SDK where that may help; what fails then is a sentence.</summary>
internal sealed class ObjectStore : IDisposable
{
    /// <summary>In an object's metadata: the CRC-32C of its bytes, hexadecimal, and so what a reader must get.</summary>
    private const string ChecksumName = "weir-crc32c";
    private const int PartBytes = 16 << 20, PartsAtOnce = 4, Downloads = 3;

    private readonly S3Options options;
    private readonly AmazonS3Client client;
    private readonly TransferUtility transfers;

    public ObjectStore(S3Options options)
    {
        this.options = options;
        var config = new AmazonS3Config
        {
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, // servers other than AWS's refuse the newer checksums
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = options.Retries,
            Timeout = options.Timeout,
            AuthenticationRegion = options.Region,
        };
        if (options.Endpoint is { } endpoint) (config.ServiceURL, config.ForcePathStyle) = (endpoint.ToString(), true);
        else config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        client = options.Credentials is { } credentials ? new AmazonS3Client(credentials, config) : new AmazonS3Client(config);
        transfers = new TransferUtility(client, new TransferUtilityConfig { MinSizeBeforePartUpload = options.MultipartFrom, ConcurrentServiceRequests = PartsAtOnce });
    }

    /// <summary>The object's length; null if there is none.</summary>
    public long? LengthOf(string key) => Do($"look for '{key}'", async () =>
    {
        try
        {
            return (await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = options.Bucket, Key = key }).ConfigureAwait(false)).ContentLength;
        }
        catch (AmazonS3Exception e) when (IsMissing(e))
        {
            return (long?)null;
        }
    });

    /// <summary>Writes an object's bytes to a file that is made for it; false if there is no such object. What it was written with is compared.</summary>
    /// <returns>The length and the CRC-32C of what came; null: there is no such object.</returns>
    public (long Length, uint Checksum)? Get(string key, Func<Stream> open) => Do($"read '{key}'", async () =>
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await client.GetObjectAsync(new GetObjectRequest { BucketName = options.Bucket, Key = key }).ConfigureAwait(false);
                var (length, checksum) = await CopyAsync(response.ResponseStream, open()).ConfigureAwait(false);
                if (length != response.ContentLength) throw new IOException($"{length} of {response.ContentLength} bytes came");
                var written = response.Metadata[ChecksumName];
                if (written is null || written == Text(checksum)) return (length, checksum);
                if (attempt >= Downloads) throw S3Errors.OfDamage(options, key, $"has the CRC-32C {Text(checksum)}, but was written with {written}");
            }
            catch (AmazonS3Exception e) when (IsMissing(e))
            {
                return ((long, uint)?)null;
            }
            catch (Exception e) when (e is IOException or HttpRequestException && attempt < Downloads)
            {
            }
        }
    });

    /// <summary>Puts a file; a large one in parts.</summary>
    public void Put(string key, string file, uint checksum) => Do($"write '{key}'", async () =>
    {
        var request = new TransferUtilityUploadRequest { BucketName = options.Bucket, Key = key, FilePath = file, PartSize = PartBytes };
        if (options.StorageClass is { } storageClass) request.StorageClass = S3StorageClass.FindValue(storageClass);
        request.Metadata.Add(ChecksumName, Text(checksum));
        await transfers.UploadAsync(request).ConfigureAwait(false);
        return true;
    });

    /// <summary>Puts a small object, over the one that is there.</summary>
    public void Put(string key, byte[] bytes) => Do($"write '{key}'", async () =>
    {
        using var body = new MemoryStream(bytes, writable: false);
        await client.PutObjectAsync(new PutObjectRequest { BucketName = options.Bucket, Key = key, InputStream = body, AutoCloseStream = false }).ConfigureAwait(false);
        return true;
    });

    /// <summary>
    /// Puts an object if there is none: of all who try, one does. False also if it was this one, and only the answer was lost before the request was repeated: who asks must look whose it is.
    /// </summary>
    public bool TryPutNew(string key, string file) => Do($"commit '{key}'", async () =>
    {
        for (var attempt = 1; ; attempt++)
        {
            using var body = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            try
            {
                await client.PutObjectAsync(new PutObjectRequest { BucketName = options.Bucket, Key = key, InputStream = body, AutoCloseStream = false, IfNoneMatch = "*" }).ConfigureAwait(false);
                return true;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return false;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Conflict && attempt <= options.Retries) // another's put of the key is under way
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), TimeProvider.System).ConfigureAwait(false);
            }
        }
    });

    /// <summary>Removes an object, if there is one.</summary>
    public void Delete(string key) => Do($"delete '{key}'", () => client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = options.Bucket, Key = key }));

    /// <summary>Puts an object into another storage class, where it is; false if there is none.</summary>
    public bool SetStorageClass(string key, string storageClass) => Do($"put '{key}' into the storage class {storageClass}", async () =>
    {
        try
        {
            await client.CopyObjectAsync(new CopyObjectRequest
            {
                SourceBucket = options.Bucket, SourceKey = key, DestinationBucket = options.Bucket, DestinationKey = key,
                StorageClass = S3StorageClass.FindValue(storageClass), MetadataDirective = S3MetadataDirective.COPY,
            }).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception e) when (IsMissing(e))
        {
            return false;
        }
    });

    /// <summary>What is below a prefix that ends in a slash: the objects, and, unless everything below is asked for, the next level's prefixes.</summary>
    public (IReadOnlyList<StoredObject> Objects, IReadOnlyList<string> Prefixes) List(string prefix, bool below) => Do($"list '{prefix}'", async () =>
    {
        var objects = new List<StoredObject>();
        var prefixes = new List<string>();
        var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = prefix, Delimiter = below ? null : "/" };
        while (true)
        {
            var page = await client.ListObjectsV2Async(request).ConfigureAwait(false);
            objects.AddRange((page.S3Objects ?? []).Select(o => new StoredObject(o.Key, o.Size ?? 0, (o.LastModified ?? DateTime.MaxValue).ToUniversalTime(), o.StorageClass?.Value ?? "STANDARD")));
            prefixes.AddRange(page.CommonPrefixes ?? []);
            if (page.IsTruncated != true) return (objects, prefixes);
            request.ContinuationToken = page.NextContinuationToken;
        }
    });

    /// <summary>Throws away the parts of uploads that began before a time and never ended: their writer died.</summary>
    public void AbortUploads(string prefix, DateTime before) => Do($"list the unfinished uploads of '{prefix}'", async () =>
    {
        var page = await client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = options.Bucket, Prefix = prefix }).ConfigureAwait(false);
        foreach (var upload in (page.MultipartUploads ?? []).Where(u => u.Initiated?.ToUniversalTime() <= before))
            await client.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = options.Bucket, Key = upload.Key, UploadId = upload.UploadId }).ConfigureAwait(false);
        return true;
    });

    public void Dispose()
    {
        transfers.Dispose();
        client.Dispose();
    }

    private static bool IsMissing(AmazonS3Exception error) => error.StatusCode == HttpStatusCode.NotFound && error.ErrorCode != "NoSuchBucket";

    private static string Text(uint checksum) => checksum.ToString("x8", CultureInfo.InvariantCulture);

    private static async Task<(long Length, uint Checksum)> CopyAsync(Stream from, Stream to)
    {
        await using (to.ConfigureAwait(false))
        {
            var buffer = new byte[1 << 16];
            var (length, checksum) = (0L, 0u);
            for (int read; (read = await from.ReadAsync(buffer).ConfigureAwait(false)) > 0; length += read)
            {
                checksum = Crc32C.Append(checksum, buffer.AsSpan(0, read));
                await to.WriteAsync(buffer.AsMemory(0, read)).ConfigureAwait(false);
            }
            return (length, checksum);
        }
    }

    private T Do<T>(string what, Func<Task<T>> request)
    {
        try
        {
            return Task.Run(request).GetAwaiter().GetResult();
        }
        catch (Exception e) when (S3Errors.IsKnown(e))
        {
            throw S3Errors.Of(e, options, what);
        }
    }
}
