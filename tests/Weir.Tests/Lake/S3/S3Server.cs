using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Weir.Lake.S3;

namespace Weir.Tests.Lake.S3;

/// <summary>A real S3 server (Ceph's gateway, <c>eng/servers/s3.sh</c>), one for all tests of a run, started by the first that asks and ended with the run.</summary>
internal sealed class S3Server
{
    public const string Bucket = "weir-tests";
    private static readonly Lazy<Task<S3Server>> One = new(StartAsync);
    private static int last;

    private S3Server(string folder, Uri endpoint, AmazonS3Client client) => (Folder, Endpoint, Client) = (folder, endpoint, client);

    public string Folder { get; }
    public Uri Endpoint { get; }

    /// <summary>A client of the tests' own.</summary>
    public AmazonS3Client Client { get; }

    /// <summary>The server. Its credentials are in this process's environment from then on.</summary>
    public static Task<S3Server> GetAsync()
    {
        Require.That(OperatingSystem.IsLinux() && Has("ceph-mon") && Has("ceph-osd") && Has("radosgw"), "s3", "Ceph's gateway is not installed: eng/servers/s3.sh install");
        return One.Value;
    }

    /// <summary>A place that no other test uses.</summary>
    public S3Options NewLake(string folder) => new(Bucket, $"lake-{Interlocked.Increment(ref last)}", folder) { Endpoint = Endpoint };

    /// <summary>Keys below a lake's prefix.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(S3Options lake) =>
        [.. ((await Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, Prefix = lake.Prefix + "/" })).S3Objects ?? []).Select(o => o.Key[(lake.Prefix.Length + 1)..])];

    private static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, program)));

    private static async Task<S3Server> StartAsync()
    {
        var (folder, said) = await ServerScript.StartAsync("s3", 3);
        foreach (var name in said.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal))) Environment.SetEnvironmentVariable(name, said[name]);
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        var endpoint = new Uri(said["S3_ENDPOINT"]);
        var client = new AmazonS3Client(new BasicAWSCredentials(said["AWS_ACCESS_KEY_ID"], said["AWS_SECRET_ACCESS_KEY"]), new AmazonS3Config
        {
            ServiceURL = endpoint.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
        await client.PutBucketAsync(new PutBucketRequest { BucketName = Bucket });
        return new S3Server(folder, endpoint, client);
    }
}
