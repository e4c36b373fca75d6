using System.Text;
using Shouldly;
using Weir.Events;
using Weir.Journal;
using Weir.Storage;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Landing;

/// <summary>Rounds that are read while others are written: from memory that is used again.</summary>
public sealed class ReadAheadTests : IDisposable
{
    private const int EventsPerFrame = 40;
    private readonly LandFixture land = new();

    public void Dispose() => land.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task Rows_of_large_frames_are_what_was_sent_however_many_rounds_there_are(long roundBytes)
    {
        land.Configure = o => o with { RoundBytes = roundBytes };
        var random = new Random(7);
        string[] notes = [.. Enumerable.Range(0, 30 * EventsPerFrame).Select(i => $"{i}-{Convert.ToHexString(Bytes(random, random.Next(500, 1500)))}")];
        await using (var journal = await JournalWriter.OpenAsync(new JournalOptions(land.Data), LocalDisk.Instance, TimeProvider.System))
        {
            foreach (var (at, frame) in notes.Chunk(EventsPerFrame).Index())
                await journal.AppendAsync("web", Dialects.Weir, "{}"u8.ToArray(), [.. frame.Select((note, i) => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(Event(at * EventsPerFrame + i, note)))], CancellationToken.None);
        }

        var landed = await land.LandAsync(JournalReader.OpenAll(land.Data, LocalDisk.Instance, land.Keys));

        landed.Problems.ShouldBeEmpty();
        landed.Commits.ShouldBeGreaterThan(4);
        land.Texts("SELECT properties->>'note' FROM lake.events ORDER BY _position").ShouldBe(notes);
    }

    private static string Event(int number, string note) => Of(number + 1, "2026-03-01T09:00:00", extra: $$""","properties":{"note":"{{note}}"}""");

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
