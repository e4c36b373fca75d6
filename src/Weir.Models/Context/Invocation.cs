namespace Weir.Models.Context;

/// <summary>One run as templates see it.</summary>
/// <param name="Command"><c>build</c>, <c>run</c>, <c>ls</c> …</param>
/// <param name="Warn">Takes what templates warn of.</param>
internal sealed record Invocation(string Command, Action<string> Warn, TimeProvider Clock)
{
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>UTC.</summary>
    public DateTime Started { get; } = Clock.GetUtcNow().UtcDateTime;

    /// <summary>Takes what templates print.</summary>
    public Action<string> Print { get; init; } = _ => { };

    public bool FullRefresh { get; init; }

    public bool StoreFailures { get; init; }

    public bool WarnError { get; init; }

    public bool Empty { get; init; }

    /// <summary>The ids that are chosen; filled before the first node is compiled.</summary>
    public List<object?> Selected { get; } = [];

    public Dictionary<string, object?> Flags() => new()
    {
        ["FULL_REFRESH"] = FullRefresh,
        ["STORE_FAILURES"] = StoreFailures,
        ["WARN_ERROR"] = WarnError,
        ["EMPTY"] = Empty,
        ["WHICH"] = Command,
        ["INVOCATION_COMMAND"] = $"weir {Command}",
        ["USE_COLORS"] = false,
        ["PARTIAL_PARSE"] = false,
    };

    public Dictionary<string, object?> Arguments() => new()
    {
        ["which"] = Command,
        ["full_refresh"] = FullRefresh,
        ["store_failures"] = StoreFailures,
        ["empty"] = Empty,
        ["invocation_command"] = $"weir {Command}",
    };
}
