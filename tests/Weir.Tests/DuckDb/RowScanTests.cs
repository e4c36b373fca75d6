using System.Text;
using Weir.DuckDb;

namespace Weir.Tests.DuckDb;

public sealed unsafe class RowScanTests : IDisposable
{
    private readonly DuckDBConnection connection = new("Data Source=:memory:");

    public RowScanTests()
    {
        connection.Open();
        RowScan.Enable(connection);
        connection.Execute("SET TimeZone = 'UTC'");
    }

    public void Dispose() => connection.Dispose();

    [Fact]
    public void Rows_of_a_program_are_a_table_with_texts_of_every_length_and_nulls()
    {
        using var rows = new Numbers(5000);
        using var scan = new RowScan(rows);
        // Row n has a text of n % 30 characters, or NULL for every seventh; twice the number; a time of n seconds.
        connection.Query($"SELECT count(*), count(text), sum(length(text)), sum(twice), max(time)::VARCHAR, bool_and(text IS NULL OR text = repeat('é', (n % 15)::INT) || repeat('x', (n % 3)::INT)) FROM {scan.Sql}",
            r => (r.GetInt64(0), r.GetInt64(1), r.GetValue(4), r.GetBoolean(5))).Single().ShouldBe((5000L, 4285L, "1970-01-01 01:23:19+00", true));
    }

    [Fact]
    public void Several_connections_of_a_database_scan_each_their_own()
    {
        using var other = connection.Duplicate();
        using var rows = new Numbers(10);
        using var more = new Numbers(20);
        using var scan = new RowScan(rows);
        using var second = new RowScan(more);
        connection.Scalar<long>($"SELECT count(*) FROM {scan.Sql}").ShouldBe(10);
        other.Scalar<long>($"SELECT count(*) FROM {second.Sql}").ShouldBe(20);
    }

    [Fact]
    public void A_failure_while_rows_are_read_is_the_querys_and_not_the_programs_end()
    {
        using var rows = new Numbers(10) { Fault = "the disk is gone" };
        using var scan = new RowScan(rows);
        Should.Throw<DuckDBException>(() => connection.Scalar<long>($"SELECT count(*) FROM {scan.Sql}")).Message.ShouldContain("the disk is gone");
    }

    [Fact]
    public void A_scan_that_was_disposed_is_refused()
    {
        string sql;
        using (var scan = new RowScan(new Numbers(1))) sql = scan.Sql;
        Should.Throw<DuckDBException>(() => connection.Scalar<long>($"SELECT count(*) FROM {sql}"));
    }

    private sealed class Numbers(int count) : IRowSource, IDisposable
    {
        private readonly byte* memory = (byte*)System.Runtime.InteropServices.NativeMemory.AllocZeroed((nuint)count * 64);
        private int at;

        public string? Fault { get; init; }

        public IReadOnlyList<(string Name, string SqlType)> Columns { get; } = [("n", "BIGINT"), ("text", "VARCHAR"), ("twice", "INTEGER"), ("time", "TIMESTAMP WITH TIME ZONE")];

        public int Fill(RowChunk chunk)
        {
            if (Fault is not null) throw new IOException(Fault);
            var size = Math.Min(RowChunk.Capacity, count - at);
            for (var i = 0; i < size; i++, at++)
            {
                chunk.Values<long>(0)[i] = at;
                chunk.Values<int>(2)[i] = 2 * at;
                chunk.Values<long>(3)[i] = at * 1_000_000L;
                if (at % 7 == 0)
                {
                    chunk.Validity(1)[i >> 6] &= ~(1UL << (i & 63));
                    continue;
                }
                var text = Encoding.UTF8.GetBytes(new string('é', at % 15) + new string('x', at % 3));
                text.CopyTo(new Span<byte>(memory + at * 64, 64));
                chunk.Values<TextCell>(1)[i] = TextCell.At(memory + at * 64, text.Length);
            }
            return size;
        }

        public void Dispose() => System.Runtime.InteropServices.NativeMemory.Free(memory);
    }
}
