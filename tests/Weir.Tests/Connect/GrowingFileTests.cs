using Weir.Connect;
using Weir.Events;
using static Weir.Tests.Connect.IntakeFolder;

namespace Weir.Tests.Connect;

public sealed class GrowingFileTests : IDisposable
{
    private readonly IntakeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_that_grew_goes_on_as_the_same_stream() // R8
    {
        folder.Write("f.csv", "a,b\n1,\"x\ny\"\n");
        var first = await folder.TakeAsync("f.csv", Csv);
        folder.Clock.Now += TimeSpan.FromMinutes(2); // another hour, another day, another key
        folder.Append("f.csv", "2,z\n3,w\n");
        var second = await folder.TakeAsync("f.csv", Csv);
        (second.Outcome, second.StreamId, second.Records).ShouldBe((IntakeOutcome.Grown, first.StreamId, 2));

        var stream = folder.Stream();
        stream.ReadReceived().ShouldBe([new ReceivedHour(new DateTime(2024, 6, 15, 23, 0, 0), 0, 1), new ReceivedHour(new DateTime(2024, 6, 16), 1, 2)]);
        (await RecordsAsync(stream)).ShouldBe(["1,\"x\ny\"", "2,z", "3,w"]);
        var frames = await FramesAsync(stream, 1);
        frames.ShouldHaveSingleItem().Lines.ShouldBe([4, 5]);
        (await folder.TakeAsync("f.csv", Csv)).Outcome.ShouldBe(IntakeOutcome.SameAs);
    }

    [Fact]
    public async Task An_open_stream_sees_what_was_added()
    {
        folder.Write("f.ndjson", "1\n");
        await folder.TakeAsync("f.ndjson");
        var stream = folder.Stream();
        folder.Append("f.ndjson", "2\n");
        await folder.TakeAsync("f.ndjson");
        stream.ReadHead().ShouldBe(2);
        (await RecordsAsync(stream, 1)).ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_copy_of_an_earlier_or_later_state_receives_nothing()
    {
        folder.Write("f.ndjson", "1\n");
        await folder.TakeAsync("f.ndjson");
        folder.Append("f.ndjson", "2\n");
        await folder.TakeAsync("f.ndjson");
        folder.Write("early.ndjson", "1\n");
        folder.Write("late.ndjson", "1\n2\n");
        (await folder.TakeAsync("early.ndjson")).Outcome.ShouldBe(IntakeOutcome.SameAs);
        (await folder.TakeAsync("late.ndjson")).Outcome.ShouldBe(IntakeOutcome.SameAs);
        folder.Append("late.ndjson", "3\n");
        (await folder.TakeAsync("late.ndjson")).ShouldSatisfyAllConditions(r => r.Outcome.ShouldBe(IntakeOutcome.Grown), r => r.Records.ShouldBe(1));
    }

    [Theory]
    [InlineData("2\n", "2")]
    [InlineData("\r\n2\n", "2")]
    public async Task A_last_line_without_its_end_may_be_ended_later_but_not_continued(string added, string record)
    {
        folder.Write("f.ndjson", "0\n1");
        (await folder.TakeAsync("f.ndjson")).Records.ShouldBe(2);
        folder.Append("f.ndjson", added);
        var grown = await folder.TakeAsync("f.ndjson");
        if (added[0] == '2')
        {
            grown.Outcome.ShouldBe(IntakeOutcome.Changed);
            return;
        }
        (grown.Outcome, grown.Records).ShouldBe((IntakeOutcome.Grown, 1));
        (await RecordsAsync(folder.Stream())).ShouldBe(["0", "1", record]);
        (await FramesAsync(folder.Stream()))[^1].Lines.ShouldBe([3]);
    }

    [Fact]
    public async Task A_file_that_ended_within_quotes_cannot_grow()
    {
        folder.Write("f.csv", "a\n\"one\n");
        (await folder.TakeAsync("f.csv", Csv)).Records.ShouldBe(1);
        folder.Append("f.csv", "more\"\n2\n");
        (await folder.TakeAsync("f.csv", Csv)).Outcome.ShouldBe(IntakeOutcome.Changed);
        folder.Stream().ReadHead().ShouldBe(1);
    }

    [Theory]
    [InlineData("1\n9\n3\n")]
    [InlineData("9\n2\n")]
    [InlineData("1\n")]
    [InlineData("")]
    public async Task Any_other_change_is_an_alert_and_receives_nothing(string content)
    {
        folder.Write("f.ndjson", "1\n2\n");
        var taken = await folder.TakeAsync("f.ndjson");
        folder.Write("f.ndjson", content);
        var changed = await folder.TakeAsync("f.ndjson");
        (changed.Outcome, changed.StreamId, changed.Records).ShouldBe((IntakeOutcome.Changed, taken.StreamId, 0));
        (await folder.TakeAsync("f.ndjson")).Outcome.ShouldBe(IntakeOutcome.Changed);
        (await RecordsAsync(folder.Stream())).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task A_changed_file_that_is_put_right_goes_on()
    {
        folder.Write("f.ndjson", "1\n2\n");
        await folder.TakeAsync("f.ndjson");
        folder.Write("f.ndjson", "1\n");
        (await folder.TakeAsync("f.ndjson")).Outcome.ShouldBe(IntakeOutcome.Changed);
        folder.Write("f.ndjson", "1\n2\n3\n");
        (await folder.TakeAsync("f.ndjson")).ShouldSatisfyAllConditions(r => r.Outcome.ShouldBe(IntakeOutcome.Grown), r => r.Records.ShouldBe(1));
    }

    [Fact]
    public async Task A_file_that_held_no_records_yet_begins_anew()
    {
        folder.Write("f.csv", "");
        await folder.TakeAsync("f.csv", Csv);
        folder.Write("f.csv", "a\n");
        (await folder.TakeAsync("f.csv", Csv)).Outcome.ShouldBe(IntakeOutcome.Taken);
        folder.Write("f.csv", "a\n1\n");
        (await folder.TakeAsync("f.csv", Csv)).ShouldSatisfyAllConditions(r => r.Outcome.ShouldBe(IntakeOutcome.Taken), r => r.Records.ShouldBe(1));
    }

    [Fact]
    public async Task A_compressed_file_grows_by_whole_members()
    {
        var path = folder.Write("f.ndjson.gz", Gzip("1\n"));
        await folder.TakeAsync("f.ndjson.gz");
        File.WriteAllBytes(path, [.. Gzip("1\n"), .. Gzip("2\n3\n")]);
        (await folder.TakeAsync("f.ndjson.gz")).Records.ShouldBe(2);
        (await RecordsAsync(folder.Stream())).ShouldBe(["1", "2", "3"]);
    }
}
