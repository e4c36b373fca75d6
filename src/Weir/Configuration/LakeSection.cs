namespace Weir.Configuration;

/// <summary>A lake on an object store, as <c>weir.yml</c> says it.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What its keys begin with; may be empty.</param>
/// <param name="Endpoint">The server; null: AWS.</param>
/// <param name="Region">The region.</param>
/// <param name="StorageClass">The class of data files; null: the bucket's own.</param>
/// <param name="CacheBytes">How much the read cache may hold.</param>
internal sealed record ObjectLake(string Bucket, string Prefix, Uri? Endpoint, string Region, string? StorageClass, long CacheBytes);

/// <summary>Where the lake is: the <c>url</c> and its companions under <c>lake</c>.</summary>
internal static class LakeSection
{
    private const string Scheme = "s3://";
    private const long LeastCache = 100_000_000;

    /// <summary>Those that are read like any file: from the others an object must be restored first, for hours.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["STANDARD", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "REDUCED_REDUNDANCY"];

    /// <param name="layers">The environment's own section first.</param>
    /// <returns>Null: the lake is in the data folder.</returns>
    public static ObjectLake? Read(IReadOnlyList<YamlSection> layers)
    {
        var url = Last(layers, "url");
        var endpoint = Last(layers, "endpoint");
        var region = Last(layers, "region");
        var storageClass = Last(layers, "storage_class");
        var cache = layers.Reverse().Aggregate(20_000_000_000L, (value, layer) => layer.Bytes("cache", value));
        if (url is null)
        {
            foreach (var (key, text) in new[] { ("endpoint", endpoint), ("region", region), ("storage_class", storageClass) })
                if (text is not null) layers.First(l => l.Text(key) is not null).Mistake(key, "says where on S3 the lake is, but there is no lake.url; it must be there too, as s3://bucket/prefix");
            return null;
        }
        var (bucket, prefix) = Split(url);
        if (bucket.Length == 0 || prefix.Contains("//", StringComparison.Ordinal)) Wrong("url", $"is '{url}', but must be s3://bucket or s3://bucket/prefix");
        Uri? server = null;
        if (endpoint is not null && (!Uri.TryCreate(endpoint, UriKind.Absolute, out server) || server.Scheme is not ("http" or "https") || server.UserInfo.Length > 0 || server.PathAndQuery != "/"))
            Wrong("endpoint", "must be the server's address, such as https://s3.example.com or http://127.0.0.1:9000, and nothing else: credentials come from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)");
        if (storageClass is not null && !Classes.Contains(storageClass)) Wrong("storage_class", $"is '{storageClass}', but must be one that is read at once: {string.Join(", ", Classes)}");
        if (cache < LeastCache) Wrong("cache", "must be at least 100MB: what one step of landing or compaction reads must fit");
        return new ObjectLake(bucket, prefix, server, region ?? "us-east-1", storageClass, cache);

        void Wrong(string key, string what) => layers.First(l => l.Text(key) is not null).Mistake(key, what);
    }

    private static (string Bucket, string Prefix) Split(string url)
    {
        if (!url.StartsWith(Scheme, StringComparison.Ordinal)) return ("", "");
        var rest = url[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..].Trim('/'));
    }

    /// <summary>The environment's own word, or the file's; every layer is asked, so that none is unknown.</summary>
    private static string? Last(IReadOnlyList<YamlSection> layers, string key) => layers.Select(l => l.Text(key)).ToList().Find(t => t is not null);
}
