namespace Weir.Tests.Proof;

/// <summary>A file of events that a client leaves, grows and offers again and again.</summary>
internal sealed class DropFile(string path)
{
    public const string Source = World.Mobile;

    public string Path => path;
    public string Name => System.IO.Path.GetFileName(path);
    public List<SentEvent> Lines { get; } = [];

    /// <summary>How many of its lines were acknowledged.</summary>
    public int Acknowledged { get; set; }

    /// <summary>Its stream, once known.</summary>
    public string? Stream { get; set; }

    public void Grow(Random random)
    {
        var lines = Enumerable.Range(0, random.Next(1, 6)).Select(_ => SentEvent.Any(random, Source)).ToList();
        Lines.AddRange(lines);
        File.AppendAllLines(path, lines.Select(l => l.Text));
    }
}
