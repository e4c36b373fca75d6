using Weir.Accounting;
using Weir.DuckDb;

namespace Weir.Land.Accounting.Verify;

/// <summary>Compares each row of the ledger with what the data was found to hold of its range.</summary>
internal sealed class LedgerRows(IReadOnlyList<StreamPart> parts, string ledgerFolder, Func<LedgerStream, long, long, string?> lostFile, FaultList faults)
{
    private const string Report = "Nothing repairs this by itself: keep the data folder, and report it";

    /// <param name="connection">Has the view <c>lake.ledger</c> and the table <c>parts(number, id, first, until)</c>.</param>
    public void Check(DuckDBConnection connection)
    {
        var replays = Restatements.Read(connection);
        using var command = connection.CreateCommand();
        command.UseStreamingMode = true;
        command.CommandText = """
            SELECT p.number, from_position, to_position, epoch_us(hour), received, landed, duplicate, quarantined, dropped, duplicate_runs, dropped_runs,
                   coalesce(contains(dropped_by_reason, '"corrupt"'), true)
            FROM lake.ledger l JOIN parts p ON p.id = l.stream AND l.from_position >= p.first AND l.to_position <= p.until
            WHERE movement = 'land' ORDER BY p.number, from_position, to_position
            """;
        using (var rows = command.ExecuteReader())
            while (rows.Read())
            {
                var part = parts[rows.GetInt32(0)];
                var row = new Row(
                    rows.GetInt64(1), rows.GetInt64(2), DateTime.UnixEpoch.AddMicroseconds(rows.GetInt64(3)), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6), rows.GetInt64(7), rows.GetInt64(8),
                    rows.GetString(9), rows.GetString(10), rows.GetBoolean(11));
                Check(part, row.With(replays.GetValueOrDefault((part.Stream.Id, row.From, row.To), Restatement.None)));
            }
        foreach (var part in parts)
        {
            if (part.Stream.Next < part.Fates.To) Missing(part.Stream, part.Stream.Next, part.Fates.To);
            foreach (var run in part.Fates.Doubled())
                Fault("doubled", part.Stream, run.From, run.To, "more than one fate: it lies in the lake, in quarantine or in the ledger's runs more than once", "Take the lake back to a copy from before it, or have it erased", ledgerFolder);
        }
    }

    private void Check(StreamPart part, in Row row)
    {
        var (stream, fates) = part;
        if (row.From > stream.Next) Missing(stream, stream.Next, row.From);
        if (row.From < stream.Next) Fault("overlap", stream, row.From, Math.Min(row.To, stream.Next), "the ledger has rows for it twice", Report, ledgerFolder);
        if (row.To <= row.From) Fault("row", stream, row.From, row.To, $"the ledger has a row for positions {row.From} to {row.To}", Report, ledgerFolder);
        stream.Next = Math.Max(stream.Next, row.To);
        stream.AddHour(row.Hour, row.From, row.To);
        if (row.HasCorrupt) stream.GivenUp.AddRange(Fates.Parse(row.DroppedRuns));

        var (duplicate, dropped) = (fates.AddRuns(row.DuplicateRuns, row.From, row.To), fates.AddRuns(row.DroppedRuns, row.From, row.To));
        var (landed, quarantined) = (fates.Landed(row.From, row.To), fates.Quarantined(row.From, row.To));
        stream.Landed += landed;
        stream.Quarantined += quarantined;
        stream.Duplicate += duplicate.Count;
        stream.Dropped += dropped.Count;
        if (!duplicate.Within || !dropped.Within) Fault("row", stream, row.From, row.To, "the ledger's row lists duplicates or dropped events that are not of its range", Report, ledgerFolder);
        var said = new Counts(row.Received, row.Landed, row.Duplicate, row.Quarantined, row.Dropped);
        var found = new Counts(row.To - row.From, landed, duplicate.Count, quarantined, dropped.Count);
        var without = fates.Without(row.From, row.To).ToList();
        foreach (var run in without)
            Fault("fate", stream, run.From, run.To, "no fate: it has landed according to the ledger, and is in no table of the lake, nor among its duplicates and dropped events",
                "Restore the lake's file from a copy", lostFile(stream, run.From, run.To) ?? ledgerFolder);
        if (said != found && without.Count == 0) Fault("counts", stream, row.From, row.To, $"the ledger's row says {said}, but the data holds {found}", Report, ledgerFolder);
    }

    private void Missing(LedgerStream stream, long from, long to) =>
        Fault("missing row", stream, from, to, "the ledger has no row for it", "Restore the folder of the ledger from a copy", ledgerFolder);

    private void Fault(string kind, LedgerStream stream, long from, long to, string what, string remedy, string file) =>
        faults.Add(kind, new VerifyFault(stream.Id, stream.Source, from, to, file, what, remedy));

    private readonly record struct Row(
        long From, long To, DateTime Hour, long Received, long Landed, long Duplicate, long Quarantined, long Dropped, string DuplicateRuns, string DroppedRuns, bool HasCorrupt)
    {
        /// <summary>The row as replays have left it.</summary>
        public Row With(Restatement replays) => this with
        {
            Landed = Landed + replays.Landed, Duplicate = Duplicate + replays.Duplicate, Quarantined = Quarantined + replays.Quarantined, Dropped = Dropped + replays.Dropped,
            DuplicateRuns = replays.DuplicatesNow(DuplicateRuns), DroppedRuns = replays.DroppedNow(DroppedRuns),
        };
    }

    private readonly record struct Counts(long Received, long Landed, long Duplicate, long Quarantined, long Dropped)
    {
        public override string ToString() => $"{Received} received, {Landed} landed, {Duplicate} duplicate, {Quarantined} quarantined, {Dropped} dropped";
    }
}
