using System.Text;
using Weir.Events;
using Weir.Journal;
using Weir.Storage;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Kills;

/// <summary>What was sent: new ids, copies of any earlier one, and wrong ones.</summary>
internal sealed class SentEvents(Random random)
{
    /// <summary>The journal of a data folder, as a lander opens it.</summary>
    public static IReadOnlyList<IEventStream> Streams(string data) => JournalReader.OpenAll(data, LocalDisk.Instance, new KeyStore(LocalDisk.Instance, Path.Combine(data, "keys")));

    public HashSet<int> Ids { get; } = [];
    public long Count { get; private set; }
    public long Wrong { get; private set; }

    public async Task AppendAsync(JournalWriter journal, int count)
    {
        for (var left = count; left > 0; left -= 500)
        {
            var batch = Enumerable.Range(0, 500).Select(_ => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(Next())).ToList();
            await journal.AppendAsync("web", Dialects.Weir, "{}"u8.ToArray(), batch, CancellationToken.None);
            Count += batch.Count;
        }
    }

    private string Next()
    {
        var kind = random.Next(20);
        if (kind == 0)
        {
            Wrong++;
            return "{";
        }
        var id = kind < 5 && Ids.Count > 0 ? random.Next(Ids.Count) : Ids.Count;
        Ids.Add(id);
        return Of(id, $"2026-03-01T{id % 24:00}:00:00");
    }
}
