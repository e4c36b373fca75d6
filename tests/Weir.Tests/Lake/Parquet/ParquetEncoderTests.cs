using Weir.Compression;
using Weir.DuckDb;
using Weir.Lake;
using Weir.Lake.Parquet;
using Weir.Tests.DuckDb;
using Weir.Tests.Land;

namespace Weir.Tests.Lake.Parquet;

/// <summary>What the encoder wrote, read by DuckDB and by chDB; what the rows are is known from the objects they were made of.</summary>
public sealed class ParquetEncoderTests : IDisposable
{
    private const int RowsPerGroup = 4096;
    private readonly TemporaryFolder folder = new();
    private int files;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(63, 2, 10)]
    [InlineData(64, 64, 0)]
    [InlineData(2049, 3, 50)]
    [InlineData(5000, 5000, 0)] // texts that never repeat
    [InlineData(5000, 1, 100)] // nothing at all
    [InlineData(20_000, 300, 1)]
    [InlineData(40_000, 9_000, 5)] // more texts than a dictionary holds, in some groups
    public void DuckDB_reads_what_was_written_row_by_row(int count, int distinct, int percentNull)
    {
        Assert.SkipUnless(Libzstd.IsThere, "libzstd.so.1 is not installed; DuckDB's COPY writes instead.");
        for (var seed = 1; seed <= 3; seed++)
        {
            var random = new Random(seed);
            var rows = Make(random, count, distinct, percentNull);
            using var encoder = Encoder();
            // The same encoder writes several files, whose rows have nothing in common.
            Check(encoder, rows, () => random.Next(1, 2100));
            Check(encoder, Make(random, 100, 50, 0), () => 2048);
            Check(encoder, [.. Enumerable.Reverse(rows)], () => 2048);
        }
    }

    [Fact]
    public void Texts_of_every_length_and_kind_come_back()
    {
        Assert.SkipUnless(Libzstd.IsThere, "libzstd.so.1 is not installed; DuckDB's COPY writes instead.");
        string[] texts = ["", "\0", "ä", "𝄞", new string('x', 12), new string('x', 13), new string('ü', 70_000), .. Enumerable.Range(0, 40).Select(n => new string('y', n))];
        using var encoder = Encoder();
        Check(encoder, [.. texts.Concat(texts).Concat(texts).Select(t => new Row(t, null, null, null, null))], () => 2048);
        Check(encoder, [.. texts.Select(t => new Row(t, int.MinValue, long.MaxValue, -99_999_999_999_999.9999m, new DateTime(1969, 12, 31, 23, 59, 59)))], () => 2048);
    }

    [Fact]
    public void A_file_without_rows_and_one_of_a_table_with_a_newer_column_are_read()
    {
        Assert.SkipUnless(Libzstd.IsThere, "libzstd.so.1 is not installed; DuckDB's COPY writes instead.");
        using var encoder = new ParquetEncoder([.. Rows.AllColumns.Append(("newer", "VARCHAR")).Append(("number", "BIGINT")).Select(c => ParquetType.Of(new LakeColumn(c.Item1, c.Item2))!)], Rows.AllColumns, RowsPerGroup);
        foreach (var count in new[] { 0, 70 })
        {
            using var rows = new Rows(Make(new Random(1), count, 5, 5), () => 2048);
            var path = Path.Combine(folder.Path, $"{count}.parquet");
            encoder.Write(path, rows).ShouldBe(count);
            using var connection = Memory.Open();
            connection.Query($"SELECT count(*), count(newer), count(number) FROM '{path}'", r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2))).ShouldBe([(count, 0L, 0L)]);
        }
    }

    [Fact]
    public void Chdb_reads_the_same()
    {
        Assert.SkipUnless(Libzstd.IsThere, "libzstd.so.1 is not installed; DuckDB's COPY writes instead.");
        var rows = Make(new Random(7), 9_000, 40, 20);
        using var encoder = Encoder();
        Write(encoder, rows, () => 2048);
        Chdb.Select(folder.Path, "select count() as n, count(text) as texts, sum(length(text)) as bytes, uniqExact(text) as d, sum(integer) as i, sum(money) as m, toString(max(time)) as t from file('0.parquet', Parquet)").Single().ShouldBe(
            $$"""{"n":"9000","texts":"{{rows.Count(r => r.Text is not null)}}","bytes":"{{rows.Sum(r => r.Text is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(r.Text))}}","d":"{{rows.Select(r => r.Text).OfType<string>().Distinct().Count()}}","i":"{{rows.Sum(r => (long?)r.Integer)}}","m":{{(double)rows.Sum(r => r.Money)!}},"t":"{{rows.Max(r => r.Time):yyyy-MM-dd HH:mm:ss.ffffff}}"}""");
    }

    private static ParquetEncoder Encoder() => new([.. Rows.AllColumns.Select(c => ParquetType.Of(new LakeColumn(c.Name, c.SqlType))!)], Rows.AllColumns, RowsPerGroup);

    private static List<Row> Make(Random random, int count, int distinct, int percentNull)
    {
        bool IsNull() => random.Next(100) < percentNull;
        return [.. Enumerable.Range(0, count).Select(_ => new Row(
            IsNull() ? null : $"{new string('é', random.Next(3))}{random.Next(distinct)}{(random.Next(2) == 0 ? "" : " of a longer kind")}",
            IsNull() ? null : random.Next(-5, distinct), IsNull() ? null : random.NextInt64(), IsNull() ? null : random.Next(-1_000_000, 1_000_000) / 10_000m,
            IsNull() ? null : new DateTime(2026, 3, 1).AddTicks(random.NextInt64(TimeSpan.TicksPerDay) / 10 * 10)))];
    }

    private string Write(ParquetEncoder encoder, IReadOnlyList<Row> rows, Func<int> atOnce)
    {
        var path = Path.Combine(folder.Path, $"{files++}.parquet");
        using var source = new Rows(rows, atOnce);
        encoder.Write(path, source).ShouldBe(rows.Count);
        return path;
    }

    private void Check(ParquetEncoder encoder, IReadOnlyList<Row> rows, Func<int> atOnce)
    {
        var path = Write(encoder, rows, atOnce);
        using var connection = Memory.Open();
        connection.Execute("SET TimeZone = 'UTC'");
        connection.Query($"DESCRIBE FROM '{path}'", r => (r.GetString(0), r.GetString(1))).ShouldBe(Rows.AllColumns);
        var read = connection.Query($"SELECT * FROM '{path}'", r => new Row(
            r.GetOrDefault<string>("text"), r.IsDBNull(1) ? null : r.GetInt32(1), r.IsDBNull(2) ? null : r.GetInt64(2), r.IsDBNull(3) ? null : r.GetFieldValue<decimal>(3), r.IsDBNull(4) ? null : r.GetFieldValue<DateTime>(4)));
        read.SequenceEqual(rows).ShouldBeTrue();

        // Bounds let readers leave groups out: a wrong one hides rows.
        foreach (var (column, least) in new (string, object?)[] { ("integer", rows.Min(r => r.Integer)), ("big", rows.Min(r => r.Big)) })
            if (least is not null) connection.Scalar<long>($"SELECT min(stats_min_value::BIGINT) FROM parquet_metadata('{path}') WHERE path_in_schema = '{column}'").ShouldBe(Convert.ToInt64(least, null));
        connection.Scalar<long>($"SELECT sum(stats_null_count)::BIGINT FROM parquet_metadata('{path}') WHERE path_in_schema = 'text'").ShouldBe(rows.Count(r => r.Text is null));
        foreach (var text in rows.Select(r => r.Text).OfType<string>().Where(t => t.Length < 100 && !t.Contains('\0')).Take(5).Append("zzz"))
            connection.Scalar<long>($"SELECT count(*) FROM '{path}' WHERE text = ?", text).ShouldBe(rows.Count(r => r.Text == text));
    }
}
