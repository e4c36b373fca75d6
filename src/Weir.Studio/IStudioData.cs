using System.Data.Common;
using Weir.Accounting;

namespace Weir.Studio;

/// <summary>What the pages read. Every call reads anew; callers hold nothing back between requests.</summary>
public interface IStudioData
{
    /// <summary>The whole account: every source, every hour of receipt.</summary>
    /// <exception cref="WeirException">The lake or a journal cannot be read.</exception>
    Task<AccountReport> ReadAccountAsync(CancellationToken cancellationToken);

    /// <summary>How far landing is behind, by stream.</summary>
    /// <exception cref="WeirException">The lake or a journal cannot be read.</exception>
    Task<IReadOnlyList<StreamLag>> ReadLagAsync(CancellationToken cancellationToken);

    /// <summary>How many of the events received in [from, to) are in quarantine, by source and reason.</summary>
    /// <exception cref="WeirException">The lake cannot be read.</exception>
    Task<IReadOnlyList<QuarantineCount>> ReadQuarantinedAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>How many landed events happened (<c>event_time</c>) in each minute of [from, to), by source; minutes without events are left out.</summary>
    /// <exception cref="WeirException">The lake cannot be read.</exception>
    Task<IReadOnlyList<MinuteCount>> ReadMinutesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>An open connection to the warehouse, which the caller disposes.</summary>
    /// <exception cref="WeirException">The warehouse does not exist yet, or another process holds it.</exception>
    Task<DbConnection> OpenWarehouseAsync(CancellationToken cancellationToken);
}

/// <summary>Landed events of one source in one minute.</summary>
/// <param name="Minute">The minute's beginning, UTC.</param>
/// <param name="Source">The source.</param>
/// <param name="Count">Events.</param>
public sealed record MinuteCount(DateTime Minute, string Source, long Count);
