using System.Security.Cryptography;
using System.Text;
using Weir.Connect;
using Weir.Events;
using static Weir.Tests.Connect.IntakeFolder;

namespace Weir.Tests.Connect;

public sealed class FileIntakeTests : IDisposable
{
    private readonly IntakeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_csv_file_is_a_stream_of_its_records_byte_for_byte_with_their_lines()
    {
        const string text = "\uFEFFa,\"b, c\"\r\n1,\"x\r\ny\"\r\n2,\"say \"\"hi\"\"\"\r\n\r\n3,5\" disk\n4,last";
        var path = folder.Write("f.csv", text);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        (await folder.TakeAsync("f.csv", Csv)).ShouldBe(new IntakeResult(path, IntakeOutcome.Taken, $"file/{hash}", 5));

        var stream = folder.Stream();
        (stream.Id, stream.Source, stream.ReadHead()).ShouldBe(($"file/{hash}", "orders", 5));
        stream.ReadReceived().ShouldBe([new ReceivedHour(new DateTime(2024, 6, 15, 23, 0, 0), 0, 5)]);
        var frame = (await FramesAsync(stream)).ShouldHaveSingleItem();
        frame.Events.Select(e => Encoding.UTF8.GetString(e.Span)).ShouldBe(["1,\"x\r\ny\"", "2,\"say \"\"hi\"\"\"", "", "3,5\" disk", "4,last"]);
        frame.Lines.ShouldBe([2, 4, 5, 6, 7]);
        (frame.FirstOrdinal, frame.Dialect, frame.ReceivedAt).ShouldBe((0, Dialects.Csv, folder.Clock.Now));
        Encoding.UTF8.GetString(frame.Envelope.Span).ShouldBe("""{"file":"f.csv","header":["a","b, c"]}""");
    }

    [Fact]
    public async Task An_ndjson_file_is_a_stream_of_its_lines()
    {
        folder.Write("f.ndjson", "{\"a\":1}\n\n{\"b\":\"\\n\"}\n \n");
        (await folder.TakeAsync("f.ndjson")).Records.ShouldBe(4);
        (await RecordsAsync(folder.Stream())).ShouldBe(["{\"a\":1}", "", "{\"b\":\"\\n\"}", " "]);
        (await FramesAsync(folder.Stream()))[0].Dialect.ShouldBe(Dialects.Weir);
    }

    [Fact]
    public async Task A_compressed_file_is_decompressed()
    {
        folder.Write("f.csv.gz", [.. Gzip("a\n1\n2\n"), .. Gzip("3\n")]);
        (await folder.TakeAsync("f.csv.gz", Csv)).Records.ShouldBe(3);
        (await RecordsAsync(folder.Stream())).ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task A_quote_that_never_ends_makes_one_record_of_the_rest()
    {
        folder.Write("f.csv", "a\n1\n\"two\n3\n");
        (await folder.TakeAsync("f.csv", Csv)).Records.ShouldBe(2);
        (await RecordsAsync(folder.Stream())).ShouldBe(["1", "\"two\n3\n"]);
    }

    [Fact]
    public async Task A_line_of_20_MB_is_one_record_in_a_frame_of_its_own()
    {
        folder.Write("f.ndjson", "1\n" + new string('x', 20_000_000) + "\n3\n");
        (await folder.TakeAsync("f.ndjson")).Records.ShouldBe(3);
        (await FramesAsync(folder.Stream())).Select(f => (f.FirstOrdinal, f.Events.Count, f.Events[0].Length)).ShouldBe([(0, 1, 1), (1, 1, 20_000_000), (2, 1, 1)]);
    }

    [Fact]
    public async Task Frames_hold_a_thousand_records_and_reading_begins_anywhere()
    {
        folder.Write("f.ndjson", string.Concat(Enumerable.Range(0, 2500).Select(i => $"{i}\n")));
        await folder.TakeAsync("f.ndjson");
        var stream = folder.Stream();
        (await FramesAsync(stream)).Select(f => f.Events.Count).ShouldBe([1000, 1000, 500]);
        var from = await FramesAsync(stream, 1234);
        (from[0].FirstOrdinal, from[0].Events.Count, from[0].Lines![0]).ShouldBe((1234, 766, 1235));
        (await RecordsAsync(stream, 1234)).ShouldBe(Enumerable.Range(1234, 1266).Select(i => $"{i}"));
        (await FramesAsync(stream, 2500)).ShouldBeEmpty();
    }

    [Fact] // R7
    public async Task A_large_file_is_read_from_its_middle_as_from_its_beginning()
    {
        // 60 MB: 600,000 records of 100 bytes, each beginning with its number; every tenth spans two lines.
        var text = new StringBuilder("\"id\"\n");
        for (var i = 0; i < 600_000; i++) text.Append($"\"{i:d8},{(i % 10 == 0 ? '\n' : ' ')}{new string('x', 87)}\"\n");
        folder.Write("f.csv", text.ToString());
        (await folder.TakeAsync("f.csv", Csv)).Records.ShouldBe(600_000);
        var stream = folder.Stream();
        using var manifest = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(folder.RawFiles("*.json").Single()));
        var marks = manifest.RootElement.GetProperty("parts")[0].GetProperty("marks").EnumerateArray().Select(m => m.GetProperty("ordinal").GetInt32()).ToList();
        marks.Count.ShouldBe(3);
        foreach (var from in (int[])[0, 1, 170_000, 599_999, .. marks, .. marks.Select(m => m - 1)])
        {
            var ordinal = from;
            await foreach (var frame in stream.ReadAsync(from, default))
            {
                for (var i = 0; i < frame.Events.Count; i++, ordinal++)
                {
                    if (!frame.Events[i].Span[1..9].SequenceEqual(Encoding.ASCII.GetBytes($"{ordinal:d8}"))) Assert.Fail($"from {from}: {ordinal}");
                    // Two lines before it for the header and itself, and one more for each tenth record before it.
                    if (frame.Lines![i] != 2 + ordinal + (ordinal + 9) / 10) Assert.Fail($"from {from}: line of {ordinal}");
                }
            }
            ordinal.ShouldBe(600_000);
        }
    }

    [Fact]
    public async Task Equal_content_under_any_name_receives_nothing()
    {
        folder.Write("first.ndjson", "1\n2\n");
        var taken = await folder.TakeAsync("first.ndjson");
        var again = await folder.TakeAsync("first.ndjson");
        (again.Outcome, again.StreamId, again.Records, again.SameAs).ShouldBe((IntakeOutcome.SameAs, taken.StreamId, 0, "first.ndjson"));
        folder.Write("copy.ndjson", "1\n2\n");
        var copy = await folder.TakeAsync("copy.ndjson");
        (copy.Outcome, copy.StreamId, copy.Records, copy.SameAs).ShouldBe((IntakeOutcome.SameAs, taken.StreamId, 0, "first.ndjson"));
        folder.Stream().ReadHead().ShouldBe(2);
    }

    [Fact]
    public async Task Two_files_of_different_sources_are_two_streams_though_equal()
    {
        folder.Write("f.ndjson", "1\n");
        await folder.TakeAsync("f.ndjson");
        (await folder.TakeAsync("f.ndjson", Lines with { Name = "other" })).Outcome.ShouldBe(IntakeOutcome.Taken);
        folder.Open().OpenAll().Select(s => s.Source).ShouldBe(["lines", "other"]);
    }

    [Fact]
    public async Task An_empty_file_and_one_with_only_a_header_are_taken_and_hold_nothing()
    {
        folder.Write("empty.csv", "");
        folder.Write("header.csv", "a,b\n");
        (await folder.TakeAsync("empty.csv", Csv)).ShouldSatisfyAllConditions(r => r.Outcome.ShouldBe(IntakeOutcome.Taken), r => r.Records.ShouldBe(0));
        (await folder.TakeAsync("header.csv", Csv)).ShouldSatisfyAllConditions(r => r.Outcome.ShouldBe(IntakeOutcome.Taken), r => r.Records.ShouldBe(0));
        folder.Open().OpenAll().ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_of_a_taken_file_lies_in_the_data_folder_in_the_clear()
    {
        folder.Write("f.ndjson", "{\"user_id\":\"secret@example.com\"}\n");
        await folder.TakeAsync("f.ndjson");
        foreach (var file in Directory.GetFiles(folder.Data, "*", SearchOption.AllDirectories))
            Encoding.Latin1.GetString(File.ReadAllBytes(file)).ShouldNotContain("secret", Case.Insensitive, file);
        folder.RawFiles("*.raw").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_destroyed_key_is_the_end_of_its_files() // WEIR4006
    {
        folder.Write("f.ndjson", "1\n");
        await folder.TakeAsync("f.ndjson");
        folder.Keys().Destroy("lines", new DateOnly(2024, 6, 15));
        (await Should.ThrowAsync<WeirException>(() => RecordsAsync(folder.Stream()))).Code.ShouldBe("WEIR4006");
    }

    [Fact]
    public async Task Two_processes_that_offer_the_same_files_receive_each_once()
    {
        var files = Enumerable.Range(0, 20).Select(i => folder.Write($"{i}.ndjson", $"{i % 10}\n")).ToList();
        var one = folder.Open();
        var two = folder.Open();
        var results = await Task.WhenAll(files.SelectMany(f => new[] { one, two }.Select(intake => Task.Run(() => intake.TakeAsync(Lines, f, default)))));
        results.Count(r => r.Outcome == IntakeOutcome.Taken).ShouldBe(10);
        results.Count(r => r.Outcome == IntakeOutcome.SameAs).ShouldBe(30);
    }
}
