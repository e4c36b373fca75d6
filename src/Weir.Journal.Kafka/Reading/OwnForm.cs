using System.Text;
using Weir.Events;
using Weir.Journal.Kafka.Reading.Native;

namespace Weir.Journal.Kafka.Reading;

/// <summary>Messages of Weir's collectors: the frame's metadata are in their headers. One without them is somebody's event of Weir's own dialect.</summary>
internal sealed class OwnForm : IMessageForm
{
    private static readonly byte[] Nothing = "{}"u8.ToArray(), Own = Encoding.UTF8.GetBytes(Dialects.Weir);
    private (byte[] Name, string Text) dialect = (Own, Dialects.Weir);
    private byte[] envelope = Nothing;

    public MessageSense SenseOf(KafkaMessage message)
    {
        ReadOnlySpan<byte> saidDialect = Own, saidEnvelope = Nothing;
        var headers = message.Headers;
        // Of a name that is there more often the last counts.
        for (var i = 0; headers.TryGet(i, out var name, out var value, out var isNull); i++)
        {
            if (isNull) continue;
            if (name.SequenceEqual(MessageHeaders.DialectName)) saidDialect = value;
            else if (name.SequenceEqual(MessageHeaders.EnvelopeName)) saidEnvelope = value;
        }
        // Those of one request are mostly side by side: what is the same is one object, and read once.
        if (!saidDialect.SequenceEqual(dialect.Name)) dialect = (saidDialect.ToArray(), Encoding.UTF8.GetString(saidDialect));
        if (!saidEnvelope.SequenceEqual(envelope)) envelope = saidEnvelope.ToArray();
        return new MessageSense(dialect.Text, envelope);
    }
}
