namespace Weir.Generate.Load;

/// <summary>What a load run sends, how fast, and with which faults.</summary>
public sealed record LoadOptions
{
    /// <summary>The collector's address; the dialect's path is added to it.</summary>
    public required Uri To { get; init; }

    /// <summary>Events a second; null: as fast as they are answered.</summary>
    public double? Rate { get; init; }

    /// <summary>How long new requests are begun.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many requests make the rate for the duration; null: as many as are answered.</summary>
    public long? Requests => Rate is { } rate ? Math.Max(1, (long)Math.Round(rate * Duration.TotalSeconds / Batch)) : null;

    /// <summary>Events of a request.</summary>
    public int Batch { get; init; } = 100;

    /// <summary>Bytes that each event is padded to; 0: as it is, about 500.</summary>
    public int EventBytes { get; init; }

    /// <summary>Requests at a time, each on a connection of its own.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>What the bodies are.</summary>
    public LoadDialect Dialect { get; init; } = LoadDialect.Weir;

    /// <summary>The write key.</summary>
    public required string WriteKey { get; init; }

    /// <summary>Whether bodies are compressed; that costs more than making them.</summary>
    public bool Gzip { get; init; }

    /// <summary>How long after the end what is refused for the time being (503, 429, no connection) is sent again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Decides the shop, its people, and which events have which fault. Event ids are others in each run.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The share of all events that are copies of one sent before.</summary>
    public double Duplicates { get; init; } = 0.15;

    /// <summary>The share of events without a user id.</summary>
    public double WithoutUser { get; init; } = 0.03;

    /// <summary>The share of events that are malformed in some way.</summary>
    public double Malformed { get; init; } = 0.004;

    /// <summary>The share of clients that still send the first schema generation.</summary>
    public double OldSchema { get; init; } = 0.25;

    /// <summary>The share of clients that write local times with their zone's offset, and not UTC.</summary>
    public double LocalTimes { get; init; } = 0.5;

    /// <summary>The share of events that happened ten minutes to six hours before they are sent.</summary>
    public double Late { get; init; } = 0.01;
}

/// <summary>What bodies a load run sends.</summary>
public enum LoadDialect
{
    /// <summary>Lines for <c>/v1/events</c>: the shop's pages.</summary>
    Weir,
    /// <summary>Batches for <c>/v1/batch</c>: the shop's app.</summary>
    Segment,
}
