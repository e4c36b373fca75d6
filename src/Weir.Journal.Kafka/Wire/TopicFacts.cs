namespace Weir.Journal.Kafka.Wire;

/// <summary>What a cluster says of a topic.</summary>
/// <param name="Name">The topic.</param>
/// <param name="Id">The id of its birth; empty if the cluster gives none.</param>
/// <param name="Partitions">How many.</param>
/// <param name="Error">Kafka's code; 0: none, 3: there is no such topic, 29: not allowed to see it.</param>
/// <param name="Operations">What this user may do with it, a bit each by Kafka's numbers.</param>
internal sealed record TopicFacts(string Name, Guid Id, int Partitions, short Error, int Operations = ~0)
{
    public const short Unknown = 3, NotAllowed = 29;

    private const int ReadBit = 3, WriteBit = 4;

    public bool MayRead => (Operations & (1 << ReadBit)) != 0;

    public bool MayWrite => (Operations & (1 << WriteBit)) != 0;

    private const short Api = 3, Version = 10;

    /// <summary>Asks the first broker that answers.</summary>
    /// <exception cref="NotSupportedException">The settings ask for a way to log in that only librdkafka knows.</exception>
    /// <exception cref="IOException">No broker answers.</exception>
    public static async Task<IReadOnlyList<TopicFacts>> AskAsync(string brokers, IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> topics, CancellationToken cancellationToken)
    {
        Exception? last = null;
        foreach (var broker in brokers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (host, port) = Address(broker);
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(TimeSpan.FromSeconds(5));
                using var connection = await WireConnection.OpenAsync(host, port, settings, limit.Token);
                return await AskAsync(connection, topics, limit.Token);
            }
            catch (Exception e) when (e is System.Net.Sockets.SocketException or IOException or InvalidDataException or UnauthorizedAccessException or System.Security.Authentication.AuthenticationException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                last = e;
            }
        }
        throw new IOException(last is OperationCanceledException ? "no answer within 5 seconds" : last?.Message ?? "no broker is named", last);
    }

    public static async Task<IReadOnlyList<TopicFacts>> AskAsync(WireConnection connection, IReadOnlyList<string> topics, CancellationToken cancellationToken) =>
        Read(await connection.AskAsync(Api, Version, true, w => Write(w, topics), cancellationToken));

    /// <summary>The host and port of <c>host:port</c>, <c>[::1]:port</c> or <c>host</c>.</summary>
    public static (string Host, int Port) Address(string broker)
    {
        var colon = broker.LastIndexOf(':');
        return colon > 0 && int.TryParse(broker[(colon + 1)..], out var port) ? (broker[..colon].Trim('[', ']'), port) : (broker, 9092);
    }

    private static void Write(WireWriter request, IReadOnlyList<string> topics)
    {
        request.CompactLength(topics.Count);
        foreach (var topic in topics) request.Id(Guid.Empty).CompactText(topic).Tags();
        request.Byte(0).Byte(0).Byte(1).Tags(); // make none; nothing of the cluster, but of each topic, what is allowed
    }

    private static List<TopicFacts> Read(byte[] answer)
    {
        var reader = new WireReader(answer);
        reader.Tags();
        reader.Int32(); // throttled for
        for (var brokers = reader.CompactLength(); brokers > 0; brokers--)
        {
            reader.Int32();
            reader.CompactText();
            reader.Int32();
            reader.CompactText();
            reader.Tags();
        }
        reader.CompactText(); // the cluster's id
        reader.Int32(); // its controller
        var topics = new List<TopicFacts>();
        for (var count = reader.CompactLength(); count > 0; count--)
        {
            var (error, name, id) = (reader.Int16(), reader.CompactText(), reader.Id());
            reader.Byte();
            var partitions = Math.Max(0, reader.CompactLength());
            for (var i = 0; i < partitions; i++) SkipPartition(ref reader);
            var operations = reader.Int32();
            reader.Tags();
            topics.Add(new TopicFacts(name ?? "", id, partitions, error, operations));
        }
        return topics;
    }

    private static void SkipPartition(ref WireReader reader)
    {
        reader.Int16();
        reader.Int32();
        reader.Int32();
        reader.Int32();
        reader.SkipCompactInts();
        reader.SkipCompactInts();
        reader.SkipCompactInts();
        reader.Tags();
    }
}
