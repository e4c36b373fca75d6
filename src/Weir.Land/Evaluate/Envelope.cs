using System.Text.Json;

namespace Weir.Land.Evaluate;

/// <summary>What holds for all events of a frame: see <see cref="Events.Frame.Envelope"/>. Its client's part (<c>context</c>) is checked like an event.</summary>
internal sealed class Envelope
{
    /// <summary>What is wrong with it, and so with each of its events.</summary>
    public Fault? Fault { get; private init; }

    /// <summary>The message type that the route names (<c>track</c>, …), for messages that do not say theirs.</summary>
    public string? Type { get; private init; }

    public JsonValue SentAt { get; private init; }

    public string? Ip { get; private init; }

    public string? UserAgent { get; private init; }

    /// <summary>The request's query string, without its question mark and write key.</summary>
    public string Query { get; private init; } = "";

    /// <summary>The id in a browser's cookie of the collector.</summary>
    public string? NetworkUserId { get; private init; }

    /// <summary>Whether the events come from a file: when Weir took it says nothing of when they were sent.</summary>
    public bool IsFile { get; private init; }

    /// <summary>The batch's context, which holds for each event that does not say otherwise.</summary>
    public JsonMembers Context { get; private init; } = JsonMembers.None;

    /// <summary>The column names of a CSV file.</summary>
    public IReadOnlyList<string> Header { get; private init; } = [];

    public static Envelope Read(ReadOnlyMemory<byte> text, JsonCheck check)
    {
        if (check.Find(text.Span) is { } invalid) return new Envelope { Fault = invalid with { Detail = $"envelope: {invalid.Detail}" } };
        var members = JsonMembers.Read(text, "envelope");
        var read = new MemberReader(new Faults());
        var envelope = new Envelope
        {
            Type = read.Text(members, "type"),
            SentAt = members["sentAt"],
            Ip = read.Text(members, "ip"),
            UserAgent = read.Text(members, "userAgent"),
            Query = read.Text(members, "query") ?? "",
            NetworkUserId = read.Text(members, "networkUserId"),
            IsFile = !members["file"].IsAbsent,
            Context = read.Object(members, "context"),
            Header = members["header"] is { Kind: JsonTokenType.StartArray } header ? JsonSerializer.Deserialize<string[]>(header.Text.Span)! : [],
        };
        return read.Faults.First is { } fault ? new Envelope { Fault = fault } : envelope;
    }
}
