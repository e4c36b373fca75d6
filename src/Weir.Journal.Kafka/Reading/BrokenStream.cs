using Weir.Events;

namespace Weir.Journal.Kafka.Reading;

/// <summary>A partition, or a whole topic, that cannot be read.</summary>
internal sealed class BrokenStream(string id, string source, WeirException why) : UnreadableStream(id, source, why)
{
    public override bool KeepsHours => false;
}
