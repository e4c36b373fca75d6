using System.Text;
using CsvHelper;
using Weir.Land.Evaluate;

namespace Weir.Tests.Land.Evaluate;

public class CsvRecordTests
{
    private static readonly CsvReaderOptions Strict = new()
    {
        Separator = ',', HasHeader = false, MalformedData = CsvMalformedDataHandling.Throw, DetectSeparatorHint = false, SkipEmptyLines = false,
    };

    [Theory]
    [InlineData("a,b", new[] { "a", "b" })]
    [InlineData(",", new[] { "", "" })]
    [InlineData("\"\"", new[] { "" })]
    [InlineData("\"\"\"\"", new[] { "\"" })]
    [InlineData("\"a,\nb\",\"c\"\"d\"\"\"", new[] { "a,\nb", "c\"d\"" })]
    [InlineData(" a , b ", new[] { " a ", " b " })]
    public void A_record_is_split_as_rfc_4180_says(string record, string[] fields) => Split(record).ShouldBe(fields);

    [Fact]
    public void Any_fields_that_were_written_are_read_and_another_reader_agrees()
    {
        const int seed = 20240615;
        var random = new Random(seed);
        for (var run = 0; run < 5000; run++)
        {
            var fields = Enumerable.Range(0, random.Next(2, 6)).Select(_ => new string(random.GetItems("ab \"\",\n\té".ToCharArray(), random.Next(0, 7)))).ToArray();
            var record = string.Join(',', fields.Select(f => f.AsSpan().IndexOfAny("\",\n") >= 0 || random.Next(3) == 0 ? $"\"{f.Replace("\"", "\"\"")}\"" : f));
            Split(record).ToArray().ShouldBe(fields, $"seed {seed}, run {run}");
            using var other = CsvReader.FromText(record, Strict);
            other.Read().ShouldBeTrue();
            Enumerable.Range(0, other.FieldCount).Select(other.GetString).ToArray().ShouldBe(fields, $"seed {seed}, run {run}");
        }
    }

    private static List<string> Split(string record)
    {
        var fields = new List<string>();
        CsvRecord.Split(Encoding.UTF8.GetBytes(record), fields).ShouldBeNull(record);
        return fields;
    }
}
