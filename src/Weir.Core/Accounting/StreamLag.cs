namespace Weir.Accounting;

/// <summary>How far landing is behind what was received of one stream.</summary>
/// <param name="Stream">Its id.</param>
/// <param name="Source">Its source.</param>
/// <param name="Name">Its name for people: a topic with its partition, or its id.</param>
/// <param name="Events">How many wait.</param>
/// <param name="Behind">For how long the oldest of these has waited; zero if none does; null: it cannot be read.</param>
/// <param name="Problem">Why it cannot be told, a sentence; null: it can.</param>
public sealed record StreamLag(string Stream, string Source, string Name, long Events, TimeSpan? Behind, string? Problem = null)
{
    /// <summary>Who is further behind is told so.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Whether it is over a minute behind.</summary>
    public bool IsLate => Behind > Limit;
}
