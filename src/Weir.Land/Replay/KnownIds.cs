using System.Text.Json;
using Weir.DuckDb;
using Weir.Identifiers;
using Weir.Lake;
using Weir.Land.Dedupe;
using Weir.Land.Evaluate;
using Weir.Sources;
using Weir.Storage;

namespace Weir.Land.Replay;

/// <summary>
/// The ids that some events ask for, as far as the lake holds them. Land's own memory of ids belongs to the process that lands, which may be at work; so the lake's files are asked, those whose
/// times can matter.
/// </summary>
internal sealed class KnownIds(IDisk disk, string folder, IEnumerable<SourceDefinition> sources) : IDisposable
{
    private const long Memory = 4L << 30; // a bound for what is in memory, never taken: a replay asks round by round

    public DedupeIndex Index { get; } = DedupeIndex.CreateEmpty(disk, folder, Memory, [.. sources.Where(s => s.Entity is null).Select(s => new SourceRule(s.Name, s.Dedupe))]);

    /// <summary>Takes in what files hold of the ids that are asked for; how many rows they were.</summary>
    public long Add(Snapshot snapshot, IEnumerable<AddFile> files, IReadOnlyList<EventRow> asking)
    {
        var wanted = asking.Where(r => !ImputedColumns.HasEventId(r.Imputed) && RuleOf(r.Source) != DedupeRule.None).ToList();
        var spans = wanted.GroupBy(r => r.Source).ToDictionary(g => g.Key, g => new Spans(g, RuleOf(g.Key)), StringComparer.Ordinal);
        var chosen = files.Where(f => f.PartitionValues.GetValueOrDefault("source") is not { } source || (spans.TryGetValue(source, out var span) && span.MayBeIn(f))).ToList();
        if (wanted.Count == 0 || chosen.Count == 0) return 0;
        using var connection = LakeViews.Open(snapshot.Only(LakeTables.Events, chosen));
        connection.Execute("CREATE TABLE wanted (source VARCHAR, event_id VARCHAR)");
        using (var appender = connection.CreateAppender("wanted"))
        {
            foreach (var row in wanted) appender.AppendValue(row.Source).AppendValue(row.EventId).EndRow();
            appender.Close();
        }
        using var rows = connection.Query("""
            SELECT e.source, e.event_id, e.event, epoch_us(e.client_time), epoch_us(e.received_at), e._imputed FROM lake.events e
            SEMI JOIN wanted w ON w.source = e.source AND w.event_id = e.event_id
            """);
        var found = 0L;
        while (rows.Read())
        {
            var number = Index.Sources.NumberOfLanded(rows.GetString(0));
            if (ImputedColumns.HasEventId(rows.IsDBNull(5) ? null : rows.GetString(5))) continue;
            var landed = new Candidate(
                number, UuidV5.ToUInt128(Guid.Parse(rows.GetString(1))), rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetInt64(3), rows.GetInt64(4));
            Index.Add(DedupeEntry.Of(landed, Index.Sources.RuleOf(number)));
            found++;
        }
        return found;
    }

    public void Dispose() => Index.Dispose();

    private DedupeRule RuleOf(string source) => Index.Sources.NumberOf(source) is >= 0 and var number ? Index.Sources.RuleOf(number) : DedupeRule.None;

    /// <summary>When copies of some events of one source may have happened, or been received.</summary>
    private sealed class Spans(IEnumerable<EventRow> rows, DedupeRule rule)
    {
        private readonly List<(DateTime From, DateTime To)> client = [.. rows.Where(r => r.ClientTime is not null).Select(r => HourOf(r.ClientTime!.Value)).Distinct().Select(h => (h, h.AddHours(1)))];
        private readonly List<(DateTime From, DateTime To)> receipt = [.. rows.Where(r => r.ClientTime is null).Select(r => HourOf(r.ReceivedAt)).Distinct().Select(h => (h.AddHours(-72), h.AddHours(73)))];

        public bool MayBeIn(AddFile file)
        {
            if (rule == DedupeRule.Id || file.Stats is null) return true;
            using var stats = JsonDocument.Parse(file.Stats);
            return Overlaps(stats.RootElement, "client_time", client) || Overlaps(stats.RootElement, "received_at", receipt);
        }

        private static bool Overlaps(JsonElement stats, string column, List<(DateTime From, DateTime To)> spans)
        {
            if (spans.Count == 0) return false;
            if (Bound(stats, "minValues", column) is not { } least || Bound(stats, "maxValues", column) is not { } most) return true;
            return spans.Exists(s => s.From <= most && s.To >= least);
        }

        private static DateTime? Bound(JsonElement stats, string bound, string column) =>
            stats.TryGetProperty(bound, out var values) && values.TryGetProperty(column, out var value) ? value.GetDateTime().ToUniversalTime() : null;

        private static DateTime HourOf(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerHour));
    }
}
