using Weir.Accounting;
using Weir.Events;
using Weir.Land.Rounds;

namespace Weir.Land.Accounting;

/// <summary>Adds up rows by source and hour.</summary>
internal sealed class AccountBook
{
    private readonly Dictionary<(string Source, DateTime Hour), AccountRow> rows = [];

    public void AddFate(AccountRow fate) => Update(fate.Source, fate.Hour, row => fate with { Received = row.Received, Waiting = row.Waiting });

    /// <summary>What landed of a stream that does not keep its hours, as the ledger noted it.</summary>
    public void AddLanded(string source, DateTime hour, long count) => Update(source, hour, row => row with { Received = row.Received + count });

    /// <param name="stream">A stream.</param>
    /// <param name="position">The ledger's position of it: what lies from there on waits.</param>
    public void AddReceived(IEventStream stream, long position)
    {
        if (!stream.KeepsHours)
        {
            foreach (var hour in HourStretches.Within(stream.ReadReceived(position, stream.ReadHead()), position, long.MaxValue))
                Update(stream.Source, hour.Hour, row => row with { Received = row.Received + hour.Count, Waiting = row.Waiting + hour.Count });
            return;
        }
        var received = stream.ReadReceived();
        foreach (var hour in received) Update(stream.Source, hour.Hour, row => row with { Received = row.Received + hour.Count });
        foreach (var hour in HourStretches.Within(received, position, long.MaxValue)) Update(stream.Source, hour.Hour, row => row with { Waiting = row.Waiting + hour.Count });
    }

    public IReadOnlyList<AccountRow> Rows() => [.. rows.Values.OrderBy(r => r.Source, StringComparer.Ordinal).ThenBy(r => r.Hour)];

    private void Update(string source, DateTime hour, Func<AccountRow, AccountRow> change)
    {
        var key = (source, hour);
        rows[key] = change(rows.GetValueOrDefault(key) ?? new AccountRow(source, hour, 0, 0, 0, 0, 0, 0, 0));
    }
}
