using Confluent.Kafka;

namespace Weir.Journal.Kafka;

/// <summary>The messages of this journal to people, each with its code.</summary>
internal static class KafkaErrors
{
    public const string Away = "WEIR2031";
    public const string TooLargeCode = "WEIR2036";

    public static WeirException NoLibrary(Exception inner) => new("WEIR2030",
        $"librdkafka, through which Weir speaks to Kafka, cannot be loaded: {inner.Message} Install it (Debian: apt-get install librdkafka1), or build Weir with -p:KafkaLibrary=redist.", inner);

    public static WeirException Unreachable(string brokers, string why, Exception? inner = null) => new(Away,
        $"Kafka at {brokers} does not answer: {why} What was acknowledged is safe there, and nothing is acknowledged until it answers again. `weir doctor` says what is wrong with the connection.", inner);

    public static WeirException Busy(long waiting, long limit) => new("WEIR2032",
        $"Kafka does not keep up: {waiting:n0} bytes wait for its answer, the limit is {limit:n0}. This batch was not taken; send it again in a moment.");

    public static WeirException NotTaken(string topic, string why) => new("WEIR2033",
        $"Kafka did not take a batch for topic '{topic}': {why}. It was not acknowledged; send it again. What of it is there nevertheless is a duplicate then.");

    public static WeirException Recreated(string topic, string source, Guid was, Guid now, string file) => new("WEIR2034",
        $"The topic '{topic}' of source '{source}' was deleted and made anew: its id was {was:d}, and now is {now:d}. What the old one held and had not landed is lost, and nothing of the new one is landed before a person has seen this. "
        + $"To go on with the new topic delete '{file}'; its partitions are then streams of their own, from their beginning.");

    public static WeirException TopicGone(string topic, string source, string why) => new("WEIR2035",
        $"The topic '{topic}' of source '{source}' is not there: {why}. Nothing of it is landed until it is. Make it, or correct its name in weir.yml.");

    public static WeirException TooLarge(int bytes, int limit) => new(TooLargeCode,
        $"An event takes {bytes:n0} bytes with its key and headers; a message of this journal may have {limit:n0} (journal.kafka.max_message). Nothing of its batch was taken. Send smaller events, or raise the limit, and the topic's max.message.bytes with it.");

    public static WeirException Unreadable(string topic, int partition, long offset, string why, Exception? inner = null) => new("WEIR2037",
        $"Topic '{topic}', partition {partition}, cannot be read at offset {offset}: {why}. Its landing waits there, and is tried again; the others go on.", inner);

    public static WeirException BeyondEnd(string topic, int partition, long offset, long end) => new("WEIR2038",
        $"Topic '{topic}', partition {partition}, ends at offset {end}, but offset {offset} was asked for: the brokers lost what they had acknowledged, or lake and cluster do not belong together. Nothing of it is landed until then.");

    public static WeirException BadSettings(string why, Exception inner) => new("WEIR2039",
        $"The settings of the connection to Kafka are not taken: {why} Correct journal.kafka in weir.yml.", inner);

    public static WeirException BookDamaged(string path, string why, Exception? inner = null) => new("WEIR2041",
        $"'{path}', which says which topic's events a lake holds, is damaged, or of a newer version of Weir: {why} Nothing of Kafka is landed until then. Restore it from a copy.", inner);

    /// <summary>What a client says of an error, without its codes.</summary>
    public static string Reason(Error error) => string.IsNullOrEmpty(error.Reason) ? error.Code.ToString() : error.Reason.TrimEnd('.');
}
