namespace Weir.Collect.Splitting;

/// <summary>Bodies of PostHog's capture API: <c>{"api_key":…,"batch":[…],"sent_at":…}</c>, one event, or an array of events.</summary>
internal static class PostHogSplitter
{
    private static readonly BatchNames Names = new() { Batch = "batch", Keys = ["api_key", "token"], SentAt = ["sent_at", "created_at"] };

    public static SplitBody Split(ReadOnlyMemory<byte> sent)
    {
        var body = FormBody.Unwrap(sent);
        var split = Json.IsOneValue(Json.WithoutMark(body), out var value) && value.Span[0] == (byte)'[' ? new SplitBody(Json.Elements(value)) : BatchSplitter.Split(body, Names);
        if (split.WriteKey is not null || split.Events.Count == 0) return split;
        // One event or an array: each names the key, of which the first is asked, at its top or (in browsers) among its properties.
        var first = split.Events[0].Span;
        return split with { WriteKey = Json.FindText(first, "api_key") ?? Json.FindText(first, "token") ?? Json.FindText(first, "properties", "token") };
    }
}
