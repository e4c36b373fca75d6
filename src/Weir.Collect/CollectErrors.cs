namespace Weir.Collect;

/// <summary>The collector's messages to those who send, each with its code.</summary>
internal static class CollectErrors
{
    public static WeirException UnknownWriteKey() => new("WEIR3001",
        "No source has this write key. Send one of weir.yml's `write_keys` as the user of Basic authentication, as a Bearer token, as `?writeKey=`, or where the dialect's clients put it: `writeKey` in the body (Segment, RudderStack), `api_key` (PostHog), `aid` (Snowplow), `?api_secret=` (GA4).");

    public static WeirException BodyTooLarge(long limit) => new("WEIR3002",
        $"The body has more than {limit:n0} bytes, decompressed, which is this route's limit. Send smaller batches.");

    public static WeirException TooManyEvents(int limit) => new("WEIR3002",
        $"The body has more than {limit:n0} events, which is the limit. Send smaller batches.");

    public static WeirException UnknownEncoding(string encoding) => new("WEIR3003",
        $"The content encoding '{encoding}' is not known. Known are gzip, br, deflate, zstd (where libzstd is installed), and none.");

    public static WeirException BrokenEncoding(string encoding, Exception inner) => new("WEIR3004",
        $"The body does not decompress as {encoding}. Nothing of it was taken. Compress it again, or send it plain.", inner);

    public static WeirException EmptyBody() => new("WEIR3005", "The body is empty. Send at least one event.");

    public static WeirException SharedWriteKey(string key, string first, string second) => new("WEIR3006",
        $"The write key '{key}' belongs to two sources, '{first}' and '{second}'. Give each source keys of its own in weir.yml.");

    public static WeirException TooManyOfKey(int limit) => new("WEIR3007",
        $"This write key sends more than its source's `rate_limit` of {limit:n0} events a second. Send the same body again later, or raise the limit in weir.yml.");

    public static WeirException ForeignOrigin(string origin) => new("WEIR3008",
        $"Pages of '{origin}' may not send with this write key. Add it to the source's `origins` in weir.yml, or leave `origins` out to allow all.");

    public static WeirException TooManyBytes() => new("WEIR3009", "The bodies that are being received fill the memory set aside for them. Send the same body again.");

    public static WeirException TooSlow(double seconds, Exception inner) => new("WEIR3010",
        $"The body did not arrive in {seconds:n0} seconds, or came too slowly. Nothing of it was taken. Send it again, in smaller batches.", inner);
}
