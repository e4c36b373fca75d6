using System.Text;
using Weir.Events;
using Weir.Journal;
using Weir.Storage;
using Weir.Tests.Storage;

namespace Weir.Tests.Journal;

/// <summary>A journal in a folder of its own, with a clock to set and few words to write and read it.</summary>
public sealed class JournalBench : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public JournalBench(IDisk? disk = null) => Disk = disk ?? LocalDisk.Instance;

    public IDisk Disk { get; set; }
    public string Data => folder.Path;
    public ManualTime Time { get; } = new();
    public KeyStore Keys => new(Disk, System.IO.Path.Combine(Data, "keys"));
    public string StreamFolder => System.IO.Path.Combine(Data, "journal", "web");
    public JournalOptions Options => new(Data);

    public Task<JournalWriter> OpenAsync(JournalOptions? options = null) => JournalWriter.OpenAsync(options ?? Options, Disk, Time);

    public IEventStream Reader(string source = "web") => JournalReader.OpenAll(Data, Disk, Keys).Single(s => s.Source == source);

    /// <summary>The newest number of the writer's lease.</summary>
    public long Lease => Weir.Leases.LeaseState.Read(Data, JournalWriter.LeaseName, Disk)!.Number;

    public string[] Segments() => Directory.Exists(StreamFolder) ? [.. Directory.GetFiles(StreamFolder, "*.seg").Order(StringComparer.Ordinal)] : [];

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static Task<AppendResult> AppendAsync(JournalWriter writer, params string[] events) =>
        writer.AppendAsync("web", Dialects.Weir, Bytes("{}"), [.. events.Select(Bytes)], CancellationToken.None);

    /// <summary>Every event's text from an ordinal on; fails unless the ordinals have no gap.</summary>
    public static async Task<List<string>> ReadAllAsync(IEventStream stream, long from = 0)
    {
        var result = new List<string>();
        await foreach (var frame in stream.ReadAsync(from, CancellationToken.None))
        {
            frame.FirstOrdinal.ShouldBe(from + result.Count);
            result.AddRange(frame.Events.Select(e => Encoding.UTF8.GetString(e.Span)));
        }
        return result;
    }

    public async Task<List<string>> ReadAllAsync(long from = 0) => await ReadAllAsync(Reader(), from);

    public void Dispose() => folder.Dispose();
}
