namespace Weir.Journal.Kafka;

/// <summary>What <see cref="KafkaCheck"/> finds, a sentence each.</summary>
internal static class CheckErrors
{
    public static WeirException UnknownName(string host, int port, Exception inner) => new("WEIR1080",
        $"The name '{host}' of the broker {host}:{port} is not known here ({inner.Message}): correct journal.kafka.brokers, or this machine's name service.", inner);

    public static WeirException NobodyListens(string host, int port, string why, Exception inner) => new("WEIR1081",
        $"Nobody listens at {host}:{port} ({why}): correct the port in journal.kafka.brokers, start the broker, or open the way to it.", inner);

    public static WeirException NotSecured(string host, int port, string protocol, string why, Exception inner) => new("WEIR1082",
        $"The broker {host}:{port} and this side do not come together over security.protocol {protocol} ({why.TrimEnd('.')}): "
        + (protocol.EndsWith("ssl", StringComparison.Ordinal) ? "that listener may be a plain one, or its certificate is not signed by an authority in ssl.ca.location." : "that listener may want TLS (ssl, sasl_ssl), or a user (sasl_plaintext)."), inner);

    public static WeirException Refused(string host, int port, string user, string why, Exception inner) => new("WEIR1083",
        $"The broker {host}:{port} does not take the credentials of '{user}' ({why.TrimEnd('.')}): correct sasl.mechanism, sasl.username and sasl.password under journal.kafka.settings.", inner);

    public static WeirException NotAllowed(string topic, string source, string what) => new("WEIR1084",
        $"This user may not {what} the topic '{topic}' of source '{source}': give it the right (landers describe and read topics and read the group; collectors describe and write).");

    public static WeirException NoTopic(string topic, string source, bool isOwn) => new("WEIR1085",
        $"There is no topic '{topic}' for source '{source}': {(isOwn ? "a collector makes it when it starts, if it may; or make it" : "correct topic.name in weir.yml, or make it")}.");

    public static WeirException SmallMessages(string topic, int limit, int wanted) => new("WEIR1086",
        $"The topic '{topic}' takes messages of {limit:n0} bytes, but journal.kafka.max_message is {wanted:n0}: larger events would be refused again and again; raise the topic's max.message.bytes, or lower max_message.");
}
