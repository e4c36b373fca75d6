using System.Text.RegularExpressions;

namespace Weir.Tests.Lake;

/// <summary>The log's text as docs/formats describes it, written down by hand after Delta's PROTOCOL.md.</summary>
public partial class GoldenCommitTests
{
    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(1_772_330_000_123);
    }

    [Fact] // L1, L3, G1
    public void Ledger_commit_and_its_copy_have_the_written_down_form()
    {
        using var lake = new TestLake(time: new FixedTime());
        lake.Land("s1", 0, 3);

        const string Add = """{"add":{"path":"date=2026-03-01/hour=0/source=web/s1-0-3-RANDOM.parquet","partitionValues":{"date":"2026-03-01","hour":"0","source":"web"},"size":SIZE,"modificationTime":1772330000123,"dataChange":true,"stats":"{\"numRecords\":3,\"minValues\":{\"event\":\"view\",\"client_time\":\"2026-03-01T00:30:00.123Z\",\"event_time\":\"2026-03-01T00:30:00.123Z\",\"received_at\":\"2026-03-01T00:30:00.123Z\",\"revenue\":0.0000,\"_position\":0},\"maxValues\":{\"event\":\"view\",\"client_time\":\"2026-03-01T00:32:00.124Z\",\"event_time\":\"2026-03-01T00:32:00.124Z\",\"received_at\":\"2026-03-01T00:32:00.124Z\",\"revenue\":2.5000,\"_position\":2},\"nullCount\":{\"event\":0,\"client_time\":0,\"event_time\":0,\"received_at\":0,\"schema_version\":3,\"revenue\":0,\"_position\":0}}","tags":{"weir.columns":"48"}}}""";
        const string Txn = """{"txn":{"appId":"land/s1","version":3,"lastUpdated":1772330000123}}""";
        Lines(lake.Log("ledger", 1)).ShouldBe(
        [
            """{"commitInfo":{"timestamp":1772330000123,"operation":"WRITE","operationParameters":{},"engineInfo":"Weir","weir":{"commitId":"RANDOM","tables":{"events":[""" + Add + "]}}}}",
            Txn,
            """{"add":{"path":"RANDOM-RANDOM.parquet","partitionValues":{},"size":SIZE,"modificationTime":1772330000123,"dataChange":true,"stats":"{\"numRecords\":1,\"minValues\":{\"source\":\"web\",\"from_position\":0,\"to_position\":3,\"hour\":\"2026-03-01T00:00:00.000Z\",\"movement\":\"land\",\"committed_at\":\"2026-03-01T01:53:20.123Z\"},\"maxValues\":{\"source\":\"web\",\"from_position\":0,\"to_position\":3,\"hour\":\"2026-03-01T00:00:00.000Z\",\"movement\":\"land\",\"committed_at\":\"2026-03-01T01:53:20.123Z\"},\"nullCount\":{\"source\":0,\"from_position\":0,\"to_position\":0,\"hour\":0,\"movement\":0,\"committed_at\":0}}","tags":{"weir.columns":"21"}}}""",
        ]);
        Lines(lake.Log("events", 1)).ShouldBe(
        [
            """{"commitInfo":{"timestamp":1772330000123,"operation":"WRITE","operationParameters":{},"engineInfo":"Weir","weir":{"commitId":"RANDOM","ledger":1}}}""",
            Txn,
            """{"txn":{"appId":"weir/ledger","version":1,"lastUpdated":1772330000123}}""",
            Add,
        ]);
    }

    [Fact] // L2
    public void Table_begins_with_protocol_and_schema()
    {
        using var lake = new TestLake(time: new FixedTime());
        lake.Store.Ensure(new Weir.Lake.TableDefinition("visits",
            [new("id", "VARCHAR"), new("n", "INTEGER"), new("big", "BIGINT"), new("x", "DOUBLE"), new("paid", "DECIMAL(18,4)"), new("ok", "BOOLEAN"),
             new("day", "DATE"), new("at", "TIMESTAMP WITH TIME ZONE"), new("raw", "BLOB"), new("date", "DATE")], ["date"], ["id"]));

        Lines(lake.Log("visits", 0)).ShouldBe(
        [
            """{"commitInfo":{"timestamp":1772330000123,"operation":"CREATE TABLE","operationParameters":{},"engineInfo":"Weir","weir":{"commitId":"RANDOM"}}}""",
            """{"protocol":{"minReaderVersion":1,"minWriterVersion":2}}""",
            """{"metaData":{"id":"RANDOM","name":"visits","format":{"provider":"parquet","options":{}},"schemaString":"{\"type\":\"struct\",\"fields\":[{\"name\":\"id\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}},{\"name\":\"n\",\"type\":\"integer\",\"nullable\":true,\"metadata\":{}},{\"name\":\"big\",\"type\":\"long\",\"nullable\":true,\"metadata\":{}},{\"name\":\"x\",\"type\":\"double\",\"nullable\":true,\"metadata\":{}},{\"name\":\"paid\",\"type\":\"decimal(18,4)\",\"nullable\":true,\"metadata\":{}},{\"name\":\"ok\",\"type\":\"boolean\",\"nullable\":true,\"metadata\":{}},{\"name\":\"day\",\"type\":\"date\",\"nullable\":true,\"metadata\":{}},{\"name\":\"at\",\"type\":\"timestamp\",\"nullable\":true,\"metadata\":{}},{\"name\":\"raw\",\"type\":\"binary\",\"nullable\":true,\"metadata\":{}},{\"name\":\"date\",\"type\":\"date\",\"nullable\":true,\"metadata\":{}}]}","partitionColumns":["date"],"configuration":{"weir.key":"id"},"createdTime":1772330000123}}""",
        ]);
    }

    private static string[] Lines(string path) => [.. File.ReadAllLines(path).Select(l => Size().Replace(Random().Replace(l, "RANDOM"), "\"size\":SIZE"))];

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}")]
    private static partial Regex Random();

    [GeneratedRegex("\"size\":[0-9]+")]
    private static partial Regex Size();
}
