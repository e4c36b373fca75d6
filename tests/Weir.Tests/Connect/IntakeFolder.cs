using System.IO.Compression;
using System.Text;
using Weir.Connect;
using Weir.Events;
using Weir.Journal;
using Weir.Sources;
using Weir.Storage;

namespace Weir.Tests.Connect;

/// <summary>A data folder and a drop folder that vanish with the test, and a clock that stands still.</summary>
internal sealed class IntakeFolder : IDisposable
{
    public static readonly SourceDefinition Lines = new() { Name = "lines" };

    public static readonly SourceDefinition Csv = new() { Name = "orders", Entity = "order_lines", Format = FileFormat.Csv };

    public IntakeFolder()
    {
        Directory.CreateDirectory(Data);
        Directory.CreateDirectory(Drop);
    }

    public string Root { get; } = Path.Combine(Path.GetTempPath(), $"weir-intake-{Guid.NewGuid():n}");

    public string Data => Path.Combine(Root, "data");

    public string Drop => Path.Combine(Root, "drop");

    public StandingClock Clock { get; } = new();

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Drop, name);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, Clock.Now.UtcDateTime.AddHours(-1));
        return path;
    }

    public void Append(string name, string text)
    {
        var path = Path.Combine(Drop, name);
        File.AppendAllText(path, text);
        File.SetLastWriteTimeUtc(path, Clock.Now.UtcDateTime.AddMinutes(-30));
    }

    public static byte[] Gzip(string text)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    public KeyStore Keys(IDisk? disk = null) => new(disk ?? LocalDisk.Instance, Path.Combine(Data, "keys"));

    public FileIntake Open(int stillSeconds = 0, IDisk? disk = null) =>
        new(Data, disk ?? LocalDisk.Instance, Keys(disk), Clock, new FileIntakeOptions { StillFor = TimeSpan.FromSeconds(stillSeconds) });

    public Task<IntakeResult> TakeAsync(string name, SourceDefinition? source = null) =>
        Open().TakeAsync(source ?? Lines, Path.Combine(Drop, name), TestContext.Current.CancellationToken);

    /// <summary>The only stream.</summary>
    public IEventStream Stream() => Open().OpenAll().ShouldHaveSingleItem();

    /// <summary>All records of a stream as text.</summary>
    public static async Task<List<string>> RecordsAsync(IEventStream stream, long from = 0) =>
        [.. (await FramesAsync(stream, from)).SelectMany(f => f.Events).Select(e => Encoding.UTF8.GetString(e.Span))];

    public static async Task<List<Frame>> FramesAsync(IEventStream stream, long from = 0)
    {
        var frames = new List<Frame>();
        await foreach (var frame in stream.ReadAsync(from, TestContext.Current.CancellationToken)) frames.Add(frame);
        return frames;
    }

    public string[] RawFiles(string pattern) =>
        Directory.Exists(Path.Combine(Data, "raw")) ? Directory.GetFiles(Path.Combine(Data, "raw"), pattern, SearchOption.AllDirectories) : [];

    public void Dispose() => Directory.Delete(Root, recursive: true);

    internal sealed class StandingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2024, 6, 15, 23, 59, 30, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        /// <summary>Makes waiting take no time.</summary>
        public bool IsImpatient { get; set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, IsImpatient ? TimeSpan.Zero : dueTime, period);
    }
}
