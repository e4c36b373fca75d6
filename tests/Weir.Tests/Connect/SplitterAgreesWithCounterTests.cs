using System.Text;
using Weir.Connect.Files;

namespace Weir.Tests.Connect;

public class SplitterAgreesWithCounterTests
{
    /// <summary>Counted by hand.</summary>
    [Theory]
    [InlineData("", 0)]
    [InlineData("\n", 1)]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("a\n\n", 2)]
    [InlineData("\"a\nb\"\nc", 2)]
    [InlineData("\"a\"\"\nb\"\nc", 2)]
    [InlineData("a\"\nb", 2)]
    [InlineData("a,\"b\nc", 1)]
    [InlineData("\"a\"x\ny", 2)]
    [InlineData("\"a\"x\"\ny", 2)]
    [InlineData("\"a\"x,\"\ny", 1)]
    [InlineData(" \"a\nb", 2)]
    [InlineData("\"\"\n\"\"\"\"\n", 2)]
    public async Task Csv_records_are_counted_as_a_person_would(string text, int records)
    {
        var counter = new RecordCounter(isCsv: true);
        counter.Add(Encoding.UTF8.GetBytes(text));
        counter.Records.ShouldBe(records);
        (await SplitAsync(Encoding.UTF8.GetBytes(text), new CsvScanner(), 1000)).Count.ShouldBe(records);
    }

    [Fact]
    public async Task Any_bytes_in_any_pieces_give_the_same_count_and_lose_nothing()
    {
        const int seed = 20240615;
        var random = new Random(seed);
        for (var run = 0; run < 3000; run++)
        {
            var text = random.GetItems("\"\"\"\n\n\r,,ab"u8.ToArray(), random.Next(0, 60));
            foreach (var isCsv in (bool[])[true, false])
            {
                var counter = new RecordCounter(isCsv);
                for (int at = 0, take; at < text.Length; at += take) counter.Add(text.AsSpan(at, take = Math.Min(random.Next(1, 9), text.Length - at)));
                IRecordScanner scanner = isCsv ? new CsvScanner() : new LineScanner();
                var records = await SplitAsync(text, scanner, random.Next(1, 9));
                records.Count.ShouldBe((int)counter.Records, $"seed {seed}, run {run}");
                // Without their line ends the records are the text without some line ends: what is left of it is whole.
                string.Concat(records.Select(r => r.Text)).Replace("\r", "").Replace("\n", "").ShouldBe(Encoding.UTF8.GetString(text).Replace("\r", "").Replace("\n", ""));
                foreach (var (line, record) in records) LineAt(text, line).ShouldStartWith(record.Split('\n')[0].TrimEnd('\r'));
            }
        }
    }

    private static string LineAt(byte[] text, long line) => Encoding.UTF8.GetString(text).Split('\n')[line - 1];

    private static async Task<List<(long Line, string Text)>> SplitAsync(byte[] text, IRecordScanner scanner, int piece)
    {
        var splitter = new RecordSplitter(new PiecemealStream(text, piece), scanner, 1);
        var records = new List<(long, string)>();
        while (await splitter.ReadAsync(default)) records.Add((splitter.Line, Encoding.UTF8.GetString(splitter.Record.Span)));
        return records;
    }

    private sealed class PiecemealStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
